import type { TrackKind } from '../journey.ts';
import type { TrackPlan } from '../plan.ts';
import { APPEAL } from './appeal.ts';
import { ASSESSMENT } from './assessment.ts';
import { REASSESSMENT } from './reassessment.ts';
import { REVIEW } from './review.ts';
import { CARE, COMPLAINT, MOVE, RECORDS, REFERRAL } from './single.ts';
import { TRANSFER } from './transfer.ts';

export const PLANS: Record<TrackKind, TrackPlan> = {
	assessment: ASSESSMENT,
	reassessment: REASSESSMENT,
	review: REVIEW,
	transfer: TRANSFER,
	move: MOVE,
	appeal: APPEAL,
	complaint: COMPLAINT,
	referral: REFERRAL,
	records: RECORDS,
	care: CARE
};
