/**
 * The words a case is told in. Every type is a fact that someone stated; nothing derived is ever an event
 * (blueprint §5, law-decisions §2). `detail` lists, for each type, which details it may carry and the values allowed:
 * a list is an enumeration, 'date' a civil date, 'text' free words, 'flag' only "yes". Other details are kept but unused.
 */
export type DetailShape = readonly string[] | 'date' | 'text' | 'flag' | 'stage';

const ADVISERS = [
	'school', 'educational-psychology', 'speech-and-language', 'occupational-therapy', 'physiotherapy',
	'health', 'social-care', 'sensory', 'other'
] as const;
const PHASES = [
	'early-years-to-school', 'infant-to-junior', 'primary-to-secondary', 'primary-to-middle', 'middle-to-secondary',
	'secondary-to-post-16', 'post-16-to-post-16'
] as const;
const REVIEW_KINDS = ['annual', 'interim', 'early-years', 'phase-transfer'] as const;
const COMPLAINT_KINDS = ['council', 'children-act', 'ombudsman'] as const;
export const ORDER_OUTCOMES = [
	'assess', 'reassess', 'make-plan', 'amend', 'continue-and-amend', 'school', 'school-and-contents',
	'cease-dismissed', 'cease-allowed', 'recommendation', 'dismissed'
] as const;

const plan = { kind: ['first', 'amended'] } as const;
const answers = { re: 'text' } as const;

export const EVENT_DETAILS = {
	'assessment.requested': { by: 'text', method: ['hand', 'signed-for', 'first-class', 'email'], sentOn: 'date' },
	'assessment.agreed': answers,
	'assessment.refused': answers,
	'assessment.refusal-reversed': answers,
	'responsibility.began': {},
	'advice.requested': { adviser: ADVISERS },
	'advice.received': { adviser: ADVISERS },
	'plan.refused': answers,
	'draft.served': plan,
	'draft.answered': answers,
	'setting.consulted': { setting: 'text' },
	'setting.replied': { setting: 'text' },
	'plan.finalised': plan,
	'reassessment.requested': {},
	'reassessment.agreed': answers,
	'reassessment.refused': answers,
	'review.meeting-set': { kind: REVIEW_KINDS },
	'review.meeting-cancelled': {},
	'review.invited': {},
	'review.papers-sent': {},
	'review.meeting-held': { kind: REVIEW_KINDS },
	'review.report-sent': {},
	'review.decided': { outcome: ['maintain', 'amend', 'cease'] },
	'review.amendment-notice': { outside: 'flag' },
	'transfer.expected': { phase: PHASES, startsOn: 'date' },
	'area.move-known': { movesOn: 'date' },
	'area.moved': {},
	'cease.decided': {},
	'plan.ceased': {},
	'exception.claimed': { rule: 'text', exception: ['X1', 'X2', 'X3', 'X4', 'X5', 'X6'], from: 'date', to: 'date' },
	'mediation.requested': answers,
	'mediation.held': answers,
	'mediation.declined': answers,
	'mediation.certificate': answers,
	'appeal.lodged': answers,
	'appeal.sent-to-council': answers,
	'appeal.response': answers,
	'appeal.order': { outcome: 'text', re: 'text' },
	'appeal.conceded': { outcome: 'text', re: 'text' },
	'hearing.set': {},
	'directions.date': { what: 'text' },
	'bundle.received': {},
	'complaint.made': { stage: 'stage', kind: COMPLAINT_KINDS },
	'complaint.acknowledged': { stage: 'stage', kind: COMPLAINT_KINDS },
	'complaint.answered': { stage: 'stage', kind: COMPLAINT_KINDS },
	'problem.known': { about: 'text' },
	'records.requested': { kind: ['sar', 'foi', 'educational-record'] },
	'care.referred': {},
	'payment.started': {},
	'referral.made': { service: 'text', cohort: 'text', consultantLed: 'flag' },
	'referral.accepted': { service: 'text', cohort: 'text' },
	'appointment.booked': { service: 'text' },
	'appointment.attended': { service: 'text' },
	'therapy.started': { service: 'text' },
	'therapy.discharged': { service: 'text' },
	'officer.assigned': { officer: 'text' },
	note: {}
} as const satisfies Record<string, Record<string, DetailShape>>;

export type EventType = keyof typeof EVENT_DETAILS;
export const EVENT_TYPES = Object.keys(EVENT_DETAILS) as EventType[];

export function isEventType(word: string): word is EventType {
	return Object.hasOwn(EVENT_DETAILS, word);
}
