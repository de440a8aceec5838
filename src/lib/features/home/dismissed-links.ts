import type { Child } from '../open-case/children.ts';

/** Pairs of opaque case ids that a person said are two children. Kept beside the reading settings: no row is worth it. */
const KEY = 'alongside:two-children';

export function dismissedLinks(): ReadonlySet<string> {
	try {
		return new Set(JSON.parse(localStorage.getItem(KEY) ?? '[]') as string[]);
	} catch {
		return new Set();
	}
}

export function dismissLink(offer: {
	local: Pick<Child, 'key'>;
	council: Pick<Child, 'key'>;
}): ReadonlySet<string> {
	const all = new Set(dismissedLinks()).add(`${offer.local.key}|${offer.council.key}`);
	try {
		localStorage.setItem(KEY, JSON.stringify([...all]));
	} catch {
		// Storage is blocked: it is asked again next time.
	}
	return all;
}
