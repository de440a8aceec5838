import type { CivilDate } from '../time/civil-date.ts';
import type { RuleRecord } from './rule-record.ts';
import { APPEAL_RULES } from './rules/appeal.ts';
import { ASSESSMENT_RULES } from './rules/assessment.ts';
import { BUDGET_RULES } from './rules/budget.ts';
import { CARE_AND_RECORD_RULES } from './rules/care-and-records.ts';
import { COMPLAINT_RULES } from './rules/complaints.ts';
import { MOVE_RULES } from './rules/move.ts';
import { ORDER_RULES } from './rules/orders.ts';
import { REASSESSMENT_RULES } from './rules/reassessment.ts';
import { REVIEW_RULES } from './rules/review.ts';
import { TRANSFER_RULES } from './rules/transfer.ts';
import { TRIBUNAL_RULES } from './rules/tribunal.ts';

/** Version of the whole set; raised with any change to any record. A phone keeps it beside the day it showed a date. */
export const RULES_VERSION = '2026.11.1';
/** The day up to which the law was looked through: the captures that the records rest on end there. */
export const LAW_AS_AT: CivilDate = '2026-06-30';

export const RULES: readonly RuleRecord[] = [
	...ASSESSMENT_RULES,
	...REASSESSMENT_RULES,
	...REVIEW_RULES,
	...TRANSFER_RULES,
	...MOVE_RULES,
	...BUDGET_RULES,
	...APPEAL_RULES,
	...TRIBUNAL_RULES,
	...ORDER_RULES,
	...COMPLAINT_RULES,
	...CARE_AND_RECORD_RULES
];

/** The newest version of a rule, or undefined for an id that nobody gave. */
export function ruleById(id: string): RuleRecord | undefined {
	return RULES.filter((rule) => rule.id === id).at(-1);
}
