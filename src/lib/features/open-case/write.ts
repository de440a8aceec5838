import { caseOfScope, ownScope, userScope } from '#contract/scope.ts';
import type { CivilDate } from '#domain/time/civil-date.ts';
import { linkRow } from '#store/case-link.ts';
import type { Child } from './children.ts';
import { seenIds } from './news.ts';
import type { OpenCase } from './open-case.svelte.ts';

/**
 * What the family writes on its own phone. Every row lies in the family's own scope; nothing here reaches the council.
 * All throw what the store throws (StorageFull, StorageBlocked): the form says it and keeps what was typed.
 */
async function ownScopeOf(open: OpenCase, child: Child): Promise<string> {
	const { id } = await open.parts.store.begin();
	return ownScope(child.localCase ?? child.key, id);
}

/** Writes a row of the child's own scope; `id` given: that row is changed, else a new one is made. */
export async function saveOwn(
	open: OpenCase,
	child: Child,
	row: { t: 'event' | 'person'; id?: string; v: unknown }
): Promise<void> {
	const scope = await ownScopeOf(open, child);
	await open.parts.store.put([{ scope, t: row.t, id: row.id ?? crypto.randomUUID(), v: row.v }]);
}

/** The day of birth of a child whose dates the family types itself; a council states it for its own. */
export async function saveBirth(open: OpenCase, child: Child, bornOn: CivilDate): Promise<void> {
	const row = open.family?.known.case.find((one) => one.local && caseOfScope(one.scope) === child.localCase);
	if (!row) throw new Error('There is no typed case to write the birth date to.');
	const v = { ...row.v, child: { ...row.v.child, bornOn } };
	await open.parts.store.put([{ scope: row.scope, t: 'case', id: row.id, v }]);
}

export const removeOwn = (open: OpenCase, row: { scope: string; t: string; id: string }): Promise<void> =>
	open.parts.store.remove([row]);

/** These two cases are one child. The row is all there is: nothing is copied, so removing it gives both back. */
export async function linkCases(open: OpenCase, local: Child, council: Child): Promise<void> {
	const { id } = await open.parts.store.begin();
	await open.parts.store.put([
		linkRow(id, { localCase: local.localCase ?? local.key, councilCase: council.key })
	]);
}

export async function unlinkCases(open: OpenCase, child: Child): Promise<void> {
	const links =
		open.family?.known['case.link'].filter((link) => link.v.councilCase === child.councilCase) ?? [];
	await open.parts.store.remove(links.map((link) => ({ scope: link.scope, t: 'case.link', id: link.id })));
}

/** One row per case: when it was last looked at and what was there then. */
export async function recordVisit(open: OpenCase, child: Child): Promise<void> {
	const { id } = await open.parts.store.begin();
	const v = {
		case: child.key,
		at: open.today.now().toISOString(),
		seen: seenIds(child, open.family?.known)
	};
	await open.parts.store.put([{ scope: userScope(id), t: 'visit', id: child.key, v }]);
}

/** Which rules the family was shown on a day, so that what it saw can be worked out again when rules change. Once a day. */
export async function recordShown(open: OpenCase, child: Child, rulesVersion: string): Promise<void> {
	const shownOn = open.today.value;
	const id = `${child.key}.${shownOn}`;
	const before = open.family?.known.shown.find((row) => row.id === id);
	if (before?.v.rulesVersion === rulesVersion) return;
	const profile = await open.parts.store.begin();
	await open.parts.store.put([
		{ scope: userScope(profile.id), t: 'shown', id, v: { case: child.key, shownOn, rulesVersion } }
	]);
}
