/**
 * Every key that a journey can hand to the words. A screen looks them up below `stage.`, `step.` and `action.`; a test in the
 * words room can compare these lists with a locale, and the journey's own tests fail when a key is made that is not listed.
 */
export const STEP_KEYS = [
	'assessment.requested', 'assessment.decision', 'assessment.advice', 'assessment.plan-decision', 'assessment.draft',
	'assessment.settings', 'assessment.final', 'assessment.help-starts',
	'reassessment.requested', 'reassessment.decision', 'reassessment.advice', 'reassessment.draft',
	'reassessment.settings', 'reassessment.final', 'reassessment.help-starts',
	'review.meeting', 'review.report', 'review.decision', 'review.notice', 'review.comment', 'review.settings',
	'review.final', 'review.ceased',
	'transfer.expected', 'transfer.meeting', 'transfer.draft', 'transfer.final', 'transfer.start',
	'move.known', 'move.moved', 'move.plans', 'move.review',
	'appeal.decision', 'appeal.mediation', 'appeal.certificate', 'appeal.lodge', 'appeal.registered', 'appeal.response',
	'appeal.bundle', 'appeal.hearing', 'appeal.compliance',
	'complaint.problem', 'complaint.made', 'complaint.acknowledged', 'complaint.answered',
	'referral.made', 'referral.accepted', 'referral.appointment', 'referral.started',
	'records.requested', 'records.answer',
	'care.referred', 'care.decision', 'care.assessment'
] as const;
export type StepKey = (typeof STEP_KEYS)[number];

/** A stage is the step where the track stands, or one of these: how it ended, or a wait that has no step of its own. */
export const END_STAGE_KEYS = [
	'assessment.planned', 'assessment.refused', 'assessment.plan-refused',
	'reassessment.planned', 'reassessment.refused',
	'review.between', 'review.kept', 'review.amended', 'review.ceasing', 'review.ended',
	'transfer.named', 'transfer.passed', 'move.done',
	'appeal.window', 'appeal.window-closed', 'appeal.reversed', 'appeal.decided', 'appeal.conceded',
	'complaint.closed', 'referral.underway', 'referral.ended', 'records.passed', 'care.passed', 'plan-ended'
] as const;

export const ACTION_KEYS = [
	'comment-draft', 'comment-notice', 'ask-personal-budget', 'name-setting', 'contact-mediation', 'appeal',
	'ask-when', 'ask-for-date', 'ask-which-exception', 'ask-which-date', 'complain', 'go-to-ombudsman',
	'send-views', 'ask-early-review', 'ask-review-date', 'say-next-school', 'ask-help-started', 'ask-again',
	'give-date', 'check-date', 'call-officer', 'ask-assessment'
] as const;
export type ActionKey = (typeof ACTION_KEYS)[number];

export type StageKey = StepKey | (typeof END_STAGE_KEYS)[number];
export const STAGE_KEYS: readonly StageKey[] = [...STEP_KEYS, ...END_STAGE_KEYS];
