import { fetchReview } from './catalogue.ts';
import { languageOf, SOURCE } from './languages.ts';
import type { Namespace } from './resources.ts';

/**
 * Who has checked a translation. `locales/<code>/_review.json` holds a state per string; phones fetch `_checked.json`, which
 * the words check writes beside it: how many strings each namespace has, and those that a person has checked. A string that is
 * not in it was checked by nobody. English is the source and needs none; pseudo-locales are nobody's language.
 */
export type ReviewState = 'machine-draft' | 'person-checked' | 'legal-checked' | 'stale';
export type CheckedStrings = {
	/** By namespace: how many strings a person has checked, of how many. */
	counts: Record<string, [checked: number, total: number]>;
	/** `ns:path` without plural and Easy Read endings: the state of its least checked form. */
	checked: Record<string, ReviewState>;
};

const reviews = new Map<string, CheckedStrings>();
const exempt = (code: string) => code === SOURCE || languageOf(code).pseudo === true;

/** Fetches the states of a language; call before the functions below. */
export async function loadReview(code: string): Promise<void> {
	if (exempt(code) || reviews.has(code)) return;
	reviews.set(code, ((await fetchReview(code)) as CheckedStrings | undefined) ?? { counts: {}, checked: {} });
}

/** The state of one string, `ns:path`. Plural and Easy Read forms are strings of their own; the worst of them counts. */
export const stateOf = (code: string, key: string): ReviewState =>
	exempt(code) ? 'legal-checked' : (reviews.get(code)?.checked[key] ?? 'machine-draft');

/** How much of a language, or of the namespaces a page shows, a person has checked. `total` 0: nothing to check. */
export function reviewCount(
	code: string,
	namespaces?: readonly Namespace[]
): { checked: number; total: number } {
	const counts = exempt(code) ? {} : (reviews.get(code)?.counts ?? {});
	const rows = Object.entries(counts).filter(([ns]) => !namespaces || namespaces.includes(ns as Namespace));
	const add = (at: 0 | 1) => rows.reduce((sum, [, row]) => sum + row[at], 0);
	return { checked: add(0), total: add(1) };
}

/** What a page in this language must say about itself. */
export function pageState(
	code: string,
	namespaces?: readonly Namespace[]
): 'checked' | 'some-draft' | 'draft' {
	if (exempt(code)) return 'checked';
	const { checked, total } = reviewCount(code, namespaces);
	if (total > 0 && checked === total) return 'checked';
	return checked === 0 ? 'draft' : 'some-draft';
}
