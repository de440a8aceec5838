import type { Child } from './children.ts';
import type { Known } from './rows.ts';

/** The newest visit to this child's case. */
export function lastVisit(child: Child, visits: readonly Known<'visit'>[]): Known<'visit'> | undefined {
	const mine = visits.filter((visit) => visit.v.case === child.key || visit.v.case === child.localCase);
	return mine.sort((a, b) => (a.v.at < b.v.at ? 1 : -1))[0];
}
