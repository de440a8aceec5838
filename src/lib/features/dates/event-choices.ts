import { EVENT_DETAILS, type DetailShape, type EventType } from '#domain/case/vocabulary.ts';

/** What a family may type, grouped as a family would look for it. The order is that of the process. */
export const GROUPS = {
	assessment: [
		'assessment.requested',
		'assessment.agreed',
		'assessment.refused',
		'assessment.refusal-reversed'
	],
	advice: ['advice.requested', 'advice.received'],
	plan: [
		'draft.served',
		'draft.answered',
		'setting.consulted',
		'setting.replied',
		'plan.refused',
		'plan.finalised',
		'reassessment.requested',
		'reassessment.agreed',
		'reassessment.refused',
		'cease.decided',
		'plan.ceased'
	],
	review: [
		'review.meeting-set',
		'review.meeting-held',
		'review.report-sent',
		'review.decided',
		'review.amendment-notice'
	],
	transfer: ['transfer.expected', 'area.move-known', 'area.moved'],
	appeal: [
		'mediation.requested',
		'mediation.held',
		'mediation.declined',
		'mediation.certificate',
		'appeal.lodged',
		'appeal.sent-to-council',
		'appeal.response',
		'appeal.order',
		'hearing.set',
		'directions.date'
	],
	complaint: ['complaint.made', 'complaint.acknowledged', 'complaint.answered', 'records.requested'],
	help: [
		'care.referred',
		'referral.made',
		'referral.accepted',
		'appointment.booked',
		'appointment.attended',
		'therapy.started',
		'therapy.discharged'
	],
	other: ['note']
} as const satisfies Record<string, readonly EventType[]>;
export type Group = keyof typeof GROUPS;

/** Their day lies ahead by nature; every other type states something that has happened. */
const AHEAD: ReadonlySet<EventType> = new Set<EventType>([
	'review.meeting-set',
	'hearing.set',
	'directions.date',
	'appointment.booked',
	'transfer.expected',
	'plan.ceased'
]);
export const mayLieAhead = (type: EventType): boolean => AHEAD.has(type);

/** Details that a family knows and that change a date. The others come from council files. */
const ASKED = new Set([
	'adviser',
	'setting',
	'kind',
	'outcome',
	'phase',
	'startsOn',
	'movesOn',
	'stage',
	'service',
	'what'
]);
/** Words for a list of values stand under these names in `events.json`, `details.*`; advisers in `titles.json`. */
const LISTS: Record<string, string> = {
	'review.kind': 'reviewKind',
	'review.outcome': 'reviewOutcome',
	'plan.kind': 'planKind',
	'draft.kind': 'planKind',
	'complaint.kind': 'complaintKind',
	'records.kind': 'recordKind',
	'appeal.outcome': 'orderOutcome'
};

export type DetailField = {
	name: string;
	as: 'list' | 'date' | 'text';
	values: readonly string[];
	list: string;
};

/** The questions that go with a kind of fact, in the vocabulary's order. */
export function fieldsOf(type: EventType): DetailField[] {
	const shapes = EVENT_DETAILS[type] as Record<string, DetailShape>;
	return Object.entries(shapes)
		.filter(([name]) => ASKED.has(name))
		.map(([name, shape]) => {
			const list = LISTS[`${type.split('.')[0]}.${name}`] ?? name;
			if (list === 'orderOutcome') return { name, as: 'list', values: ORDER_VALUES, list };
			if (shape === 'stage') return { name, as: 'list', values: ['1', '2', '3'], list };
			if (typeof shape !== 'string') return { name, as: 'list', values: shape, list };
			return { name, as: shape === 'date' ? 'date' : 'text', values: [], list };
		});
}

const ORDER_VALUES = [
	'assess',
	'reassess',
	'make-plan',
	'amend',
	'continue-and-amend',
	'school',
	'school-and-contents',
	'cease-dismissed',
	'cease-allowed',
	'recommendation',
	'dismissed'
];
