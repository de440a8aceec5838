import { orderedJson } from '#contract/ordered-json.ts';
import { nameKey } from '../access/name-key.ts';
import type { Tx } from '../db/transaction.ts';
import { findCase, openCase, publishCase, sameRoster, type Child } from './case-files.ts';
import { linkWaiting } from './sen2-waiting.ts';
import { lockScope } from './scope-writer.ts';

export type RosterGuardian = {
	ref: string;
	name: string;
	role?: string;
	address?: string;
	readingLanguage?: string;
	interpreterLanguage?: string;
};
export type RosterCase = {
	council: string;
	caseRef: string;
	/** HMAC-SHA-256 of the UPN under the server's secret; never the UPN. */
	upnHmac?: string;
	child: Child;
	/** All guardians that the file gives for this case. */
	guardians: RosterGuardian[];
};
export type RosterResult = {
	scopeId: string;
	caseId: string;
	outcome: 'created' | 'updated' | 'unchanged';
	/** Guardians known before and not in this row: they get no new letter; only a person ends their access. */
	guardiansMissing: string[];
	/** References that stood beside another name in this case before: a new name, or another person. */
	guardiansRenamed: string[];
	/** SEN2 events that waited for this child and were joined now. */
	sen2Joined: number;
};

/** Takes one case of the roster, whole. The same row again changes nothing. */
export async function upsertRosterCase(tx: Tx, next: RosterCase): Promise<RosterResult> {
	const before = await findCase(tx, next.council, next.caseRef);
	const file = before ?? (await openCase(tx, next.council, next.caseRef));
	const found = {
		scopeId: file.scopeId,
		caseId: file.caseId,
		guardiansMissing: [] as string[],
		guardiansRenamed: [] as string[],
		sen2Joined: 0
	};
	const roster = { upnHmac: next.upnHmac, child: next.child, guardians: next.guardians };
	if (sameRoster(file.roster, roster)) return { ...found, outcome: 'unchanged' };
	await lockScope(tx, file.scopeId);
	await tx
		.updateTable('case_file')
		.set({
			upn_hmac: next.upnHmac ?? file.upnHmac,
			on_roster: true,
			born_on: next.child.bornOn ?? null,
			roster: orderedJson(roster)
		})
		.where('scope_id', '=', file.scopeId)
		.execute();
	found.guardiansRenamed = await renamed(tx, file.scopeId, next.guardians);
	found.guardiansMissing = await putGuardians(tx, file.scopeId, next.guardians);
	await markRenamed(tx, file.scopeId, found.guardiansRenamed);
	if (!file.suppressed) await publishCase(tx, file, next.child);
	const upnHmac = next.upnHmac ?? file.upnHmac;
	if (upnHmac)
		found.sen2Joined = await linkWaiting(tx, { council: next.council, upnHmac, scopeId: file.scopeId });
	return { ...found, outcome: before ? 'updated' : 'created' };
}

/** References that stand beside another name than in an earlier file. */
async function renamed(tx: Tx, scopeId: string, guardians: RosterGuardian[]): Promise<string[]> {
	const before = await tx
		.selectFrom('guardian')
		.select(['guardian_ref', 'name'])
		.where('scope_id', '=', scopeId)
		.execute();
	const names = new Map(before.map((row) => [row.guardian_ref, nameKey(row.name)]));
	return guardians
		.filter(({ ref, name }) => names.has(ref) && names.get(ref) !== nameKey(name))
		.map(({ ref }) => ref);
}

/**
 * A letter from before the change may be in the hands of whoever had the reference then: it ends (access/activation.ts). After the
 * rows themselves are locked, so that the moment is later than anybody's who signed in by the old name.
 */
async function markRenamed(tx: Tx, scopeId: string, refs: string[]): Promise<void> {
	if (refs.length === 0) return;
	await tx
		.updateTable('guardian')
		.set({ renamed_at: new Date() })
		.where('scope_id', '=', scopeId)
		.where('guardian_ref', 'in', refs)
		.execute();
}

async function putGuardians(tx: Tx, scopeId: string, guardians: RosterGuardian[]): Promise<string[]> {
	for (const guardian of guardians) {
		const row = {
			scope_id: scopeId,
			guardian_ref: guardian.ref,
			name: guardian.name,
			role: guardian.role ?? null,
			address: guardian.address ?? null,
			reading_language: guardian.readingLanguage ?? null,
			interpreter_language: guardian.interpreterLanguage ?? null,
			left_at: null
		};
		await tx
			.insertInto('guardian')
			.values(row)
			.onConflict((at) => at.columns(['scope_id', 'guardian_ref']).doUpdateSet(row))
			.execute();
	}
	const given = guardians.map((guardian) => guardian.ref);
	let missing = tx
		.updateTable('guardian')
		.set({ left_at: new Date() })
		.where('scope_id', '=', scopeId)
		.where('left_at', 'is', null);
	if (given.length > 0) missing = missing.where('guardian_ref', 'not in', given);
	return (await missing.returning('guardian_ref').execute()).map((row) => row.guardian_ref);
}
