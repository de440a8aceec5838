import type { CaseEvent } from '../case/case-event.ts';

const rank = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/** Day, then when it was recorded, then id (law-decisions §1.3): the same list always tells the same story. */
export const byDay = (a: CaseEvent, b: CaseEvent): number =>
	rank(a.on, b.on) || rank(a.recordedAt ?? '', b.recordedAt ?? '') || rank(a.id, b.id);
