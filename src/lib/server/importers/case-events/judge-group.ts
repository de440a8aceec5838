import type { EventType } from '#domain/case/vocabulary.ts';
import { dayNumber } from '../check/civil-day.ts';
import { factKey } from '../bulk/case-facts.ts';
import { find, type Group, type JudgedRow } from '../collect.ts';
import type { EventRow } from './judge-row.ts';

type Judged = JudgedRow<EventRow>;

/** Ends that cannot come before the start they belong to. */
const STARTS: [EventType, EventType[]][] = [
	[
		'assessment.requested',
		[
			'assessment.agreed',
			'assessment.refused',
			'assessment.refusal-reversed',
			'plan.refused',
			'draft.served',
			'plan.finalised'
		]
	],
	['assessment.refused', ['assessment.refusal-reversed']],
	['draft.served', ['draft.answered']],
	['reassessment.requested', ['reassessment.agreed', 'reassessment.refused']],
	['review.meeting-held', ['review.report-sent']],
	['area.move-known', ['area.moved']],
	['mediation.requested', ['mediation.held', 'mediation.declined']],
	['appeal.lodged', ['appeal.sent-to-council', 'appeal.response', 'appeal.order']],
	['complaint.made', ['complaint.acknowledged', 'complaint.answered']],
	['referral.made', ['referral.accepted', 'therapy.started']],
	['therapy.started', ['therapy.discharged']]
];

export function judgeEventGroup(group: Group<EventRow>): void {
	dropCopies(group.rows);
	for (const [start, ends] of STARTS) checkOrder(group.rows, start, ends);
	checkAdvice(group.rows);
}

function dropCopies(rows: Judged[]): void {
	const seen = new Map<string, Judged>();
	for (const row of rows) {
		if (row.value === null) continue;
		const key = factKey(row.value);
		const same = seen.get(key);
		if (same) {
			find(row, 'drop', {
				column: null,
				problem: `This row is the same as row ${same.row}.`,
				mend: 'Delete one of the two.'
			});
		} else seen.set(key, row);
	}
}

/**
 * Longer before the start than this, an end more likely belongs to a history that began before the file does: half a year,
 * the time a new request waits after a refusal to issue a plan (EHCNA-REREQUEST).
 */
const OLDER_HISTORY_DAYS = 183;

function checkOrder(rows: Judged[], start: EventType, ends: EventType[]): void {
	const first = earliest(rows, (fact) => fact.type === start);
	if (!first?.value) return;
	const began = first.value;
	for (const row of rows) {
		const fact = row.value;
		if (fact === null || !ends.includes(fact.type) || fact.on >= began.on) continue;
		find(row, belongsToOlderHistory(fact, began, rows) ? 'tell' : 'refuse', {
			column: 'event_date',
			problem: `${fact.type} on ${fact.on} is before ${start} on ${began.on} (row ${first.row}).`,
			mend: 'Check both dates. If it ended something older, add the row that began it.'
		});
	}
}

/**
 * An end before every start may be sound: the same end comes again later, or it is long ago. A plan is another matter: while
 * it stands nobody asks for a first assessment, so only a plan that ended in between may be older.
 */
function belongsToOlderHistory(end: EventRow, start: EventRow, rows: Judged[]): boolean {
	const between = (type: EventType) =>
		rows.some(({ value }) => value?.type === type && value.on >= end.on && value.on <= start.on);
	if (end.type === 'plan.finalised') return between('plan.ceased');
	if (rows.some(({ value }) => value?.type === end.type && value.on >= start.on)) return true;
	return (dayNumber(start.on) ?? 0) - (dayNumber(end.on) ?? 0) > OLDER_HISTORY_DAYS;
}

/** Advice is asked of each adviser by name. */
function checkAdvice(rows: Judged[]): void {
	const advisers = new Set(
		rows.map((row) => (row.value?.type === 'advice.received' ? row.value.detail.adviser : undefined))
	);
	for (const adviser of advisers) {
		const of = rows.filter((row) => row.value?.detail.adviser === adviser);
		if (adviser !== undefined) checkOrder(of, 'advice.requested', ['advice.received']);
	}
}

function earliest(rows: Judged[], is: (fact: EventRow) => boolean): Judged | null {
	let first: Judged | null = null;
	for (const row of rows) {
		if (row.value && is(row.value) && (!first?.value || row.value.on < first.value.on)) first = row;
	}
	return first;
}
