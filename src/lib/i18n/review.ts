import { fetchReview } from './catalogue.ts';
import { languageOf, SOURCE } from './languages.ts';
import type { Namespace } from './resources.ts';

/**
 * Who has checked a translation. `locales/<code>/_review.json` holds a state per string; a string without an entry was
 * checked by nobody. English is the source and needs none; pseudo-locales are nobody's language.
 */
export type ReviewState = 'machine-draft' | 'person-checked' | 'legal-checked' | 'stale';
type Entry = { state: ReviewState; sourceHash?: string; by?: string; on?: string };
type Review = Record<string, Entry>;

const reviews = new Map<string, Review>();
const exempt = (code: string) => code === SOURCE || languageOf(code).pseudo === true;

/** Fetches the states of a language; call before the functions below. */
export async function loadReview(code: string): Promise<void> {
	if (exempt(code) || reviews.has(code)) return;
	reviews.set(code, ((await fetchReview(code)) ?? {}) as Review);
}

/** The state of one string, `ns:path`. Plural and Easy Read forms are strings of their own; the worst of them counts. */
export function stateOf(code: string, key: string): ReviewState {
	if (exempt(code)) return 'legal-checked';
	const review = reviews.get(code) ?? {};
	const states = Object.keys(review)
		.filter((name) => name === key || name.startsWith(`${key}_`))
		.map((name) => review[name]?.state ?? 'machine-draft');
	const worst: ReviewState[] = ['machine-draft', 'stale', 'person-checked', 'legal-checked'];
	return worst.find((state) => states.includes(state)) ?? 'machine-draft';
}

const isChecked = (state: ReviewState) => state === 'person-checked' || state === 'legal-checked';

/** How much of a language, or of the namespaces a page shows, a person has checked. `total` 0: nothing to check. */
export function reviewCount(
	code: string,
	namespaces?: readonly Namespace[]
): { checked: number; total: number } {
	const review = exempt(code) ? {} : (reviews.get(code) ?? {});
	const rows = Object.entries(review).filter(
		([key]) => !namespaces || namespaces.includes(key.split(':')[0] as Namespace)
	);
	return { checked: rows.filter(([, entry]) => isChecked(entry.state)).length, total: rows.length };
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
