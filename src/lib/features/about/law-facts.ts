import type { Citation, RuleKind } from '#domain/law/milestone.ts';
import { ENGLAND_AND_WALES } from '#domain/time/bank-holidays.ts';
import type { CivilDate } from '#domain/time/civil-date.ts';

type AnyRule = { id: string; kind: RuleKind; citation: readonly Citation[] };
const ORDER: readonly RuleKind[] = ['statute', 'case', 'stat_guidance', 'practice', 'local'];

/** A rule with no citation, or with one that rests on recall, is not checked. */
export const isChecked = (rule: AnyRule): boolean =>
	rule.citation.length > 0 && rule.citation.every((one) => one.verified);

/** The newest record of each id, by kind, law first. */
export function byKind<R extends AnyRule>(
	rules: readonly R[]
): { kind: RuleKind; count: number; rules: R[] }[] {
	const newest = [...new Map(rules.map((rule) => [rule.id, rule])).values()];
	return ORDER.map((kind) => {
		const mine = newest.filter((rule) => rule.kind === kind);
		return { kind, count: mine.length, rules: mine };
	}).filter(({ count }) => count > 0);
}

/** Twelve months after the law was looked through, a family is told to ask before it relies on a date (features.md B11). */
export const isOld = (asAt: CivilDate, today: CivilDate): boolean =>
	`${Number(asAt.slice(0, 4)) + 1}${asAt.slice(4)}` < today;

export const lastKnownYear: CivilDate = ENGLAND_AND_WALES.validTo;
