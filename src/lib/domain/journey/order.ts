import type { CaseEvent } from '../case/case-event.ts';

const rank = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/** On one day a request comes before its answer, a decision before the plan it leads to: council files do not say the hour. */
const STORY: readonly RegExp[] = [
	/\.(requested|began|made|meeting-held|lodged)$/,
	/^(assessment|reassessment|advice|review|complaint|mediation)\./,
	/^(draft|setting)\./,
	/^plan\.(refused|finalised)$/,
	/^plan\.ceased$/
];
const turn = (e: CaseEvent): number => {
	const at = STORY.findIndex((types) => types.test(e.type));
	return at < 0 ? 1 : at;
};
export const byStory = (a: CaseEvent, b: CaseEvent): number =>
	rank(a.on, b.on) || turn(a) - turn(b) || byDay(a, b);

/** Day, then when it was recorded, then id (law-decisions §1.3): the same list always tells the same story. */
export const byDay = (a: CaseEvent, b: CaseEvent): number =>
	rank(a.on, b.on) || rank(a.recordedAt ?? '', b.recordedAt ?? '') || rank(a.id, b.id);
