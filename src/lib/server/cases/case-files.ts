import { orderedJson } from '#contract/ordered-json.ts';
import { sharedScope } from '#contract/scope.ts';
import type { Tx } from '../db/transaction.ts';
import { lockScope, rowsOf, writeScope } from './scope-writer.ts';

export type CaseFile = {
	scopeId: string;
	caseId: string;
	council: string;
	caseRef: string;
	onRoster: boolean;
	suppressed: boolean;
	bornOn: string | null;
	upnHmac: string | null;
	roster: unknown;
};
export type Child = {
	givenName?: string;
	familyName?: string;
	bornOn?: string;
	schoolUrn?: string;
	schoolName?: string;
};

/** As `CaseFile` has them. */
export const CASE_COLUMNS = [
	'scope_id as scopeId',
	'id as caseId',
	'council',
	'case_ref as caseRef',
	'on_roster as onRoster',
	'suppressed',
	'born_on as bornOn',
	'upn_hmac as upnHmac',
	'roster'
] as const;

export async function findCase(tx: Tx, council: string, caseRef: string): Promise<CaseFile | undefined> {
	return tx
		.selectFrom('case_file')
		.select(CASE_COLUMNS)
		.where('council', '=', council)
		.where('case_ref', '=', caseRef)
		.executeTakeFirst();
}

export async function caseByScope(tx: Tx, scopeId: string): Promise<CaseFile | undefined> {
	return tx.selectFrom('case_file').select(CASE_COLUMNS).where('scope_id', '=', scopeId).executeTakeFirst();
}

/** At most two matter: one is the child, two are a fault in the roster that the caller reports. */
export async function casesByUpn(tx: Tx, council: string, upnHmac: string): Promise<CaseFile[]> {
	return tx
		.selectFrom('case_file')
		.select(CASE_COLUMNS)
		.where('council', '=', council)
		.where('upn_hmac', '=', upnHmac)
		.limit(2)
		.execute();
}

/**
 * Opens a case without a name, as a case event with an unknown case_ref does: no letter can be sent for it until a roster
 * row confirms it (blueprint §5). Returns the case that is there when it already is.
 */
export async function openCase(
	tx: Tx,
	council: string,
	caseRef: string
): Promise<CaseFile & { created: boolean }> {
	const known = await findCase(tx, council, caseRef);
	if (known) return { ...known, created: false };
	const id = crypto.randomUUID();
	const scopeId = sharedScope(id);
	await lockScope(tx, scopeId);
	await tx.insertInto('case_file').values({ scope_id: scopeId, id, council, case_ref: caseRef }).execute();
	const made = await caseByScope(tx, scopeId);
	await publishCase(tx, made!, {});
	return { ...made!, created: true };
}

/** Writes the case's own row as the family sees it. Contact details of guardians never enter it. */
export async function publishCase(
	tx: Tx,
	file: Pick<CaseFile, 'scopeId' | 'caseId' | 'council' | 'caseRef'>,
	child: Child
) {
	const council = await tx
		.selectFrom('council')
		.select('name')
		.where('code', '=', file.council)
		.executeTakeFirst();
	const v = {
		council: file.council,
		ref: file.caseRef,
		child,
		...(council && { councilName: council.name })
	};
	return writeScope(tx, file.scopeId, [{ t: 'case', id: file.caseId, v }]);
}

/** A child who has died (SEN2 cease reason 8): everything is taken from every phone at its next pull, and no letter is made. */
export async function suppressCase(tx: Tx, scopeId: string): Promise<void> {
	await tx.updateTable('case_file').set({ suppressed: true }).where('scope_id', '=', scopeId).execute();
	const rows = await rowsOf(tx, scopeId);
	await writeScope(
		tx,
		scopeId,
		rows.map(({ t, id }) => ({ t, id, v: null }))
	);
}

/** Ids for paging through every case of a council in short transactions: ask again with the last `caseRef` until none comes. */
export async function casePage(
	tx: Tx,
	{ council, after = '', limit = 200 }: { council: string; after?: string; limit?: number }
): Promise<CaseFile[]> {
	return tx
		.selectFrom('case_file')
		.select(CASE_COLUMNS)
		.where('council', '=', council)
		.where('case_ref', '>', after)
		.orderBy('case_ref')
		.limit(limit)
		.execute();
}

/** True when the row says what the roster last said. */
export const sameRoster = (kept: unknown, next: unknown) =>
	kept !== null && orderedJson(kept) === orderedJson(next);
