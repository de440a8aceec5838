import { orderedJson } from '#contract/ordered-json.ts';
import { sharedScope } from '#contract/scope.ts';
import type { Child } from '../../cases/case-files.ts';
import type { RowDraft } from '../../cases/scope-writer.ts';
import type { Tx } from '../../db/transaction.ts';

export type KnownCase = {
	scopeId: string;
	caseRef: string;
	suppressed: boolean;
	onRoster: boolean;
	bornOn: string | null;
	upnHmac: string | null;
	roster: unknown;
};
/** A case to open. Without `roster` it has no name, as when an event speaks of an unknown case_ref. */
export type NewCase = { caseRef: string; child: Child; roster?: object; upnHmac?: string };

const COLUMNS = [
	'scope_id as scopeId',
	'case_ref as caseRef',
	'suppressed',
	'on_roster as onRoster',
	'born_on as bornOn',
	'upn_hmac as upnHmac',
	'roster'
] as const;

export async function findCases(
	tx: Tx,
	council: string,
	caseRefs: readonly string[]
): Promise<Map<string, KnownCase>> {
	const rows = await tx
		.selectFrom('case_file')
		.select(COLUMNS)
		.where('council', '=', council)
		.where('case_ref', 'in', [...caseRefs])
		.execute();
	return new Map(rows.map((row) => [row.caseRef, row]));
}

/** Opens cases that are not there. Returns each one's scope, and the row that says it to the phone, still to be written. */
export async function openCases(
	tx: Tx,
	council: string,
	cases: readonly NewCase[]
): Promise<Map<string, { scopeId: string; row: RowDraft }>> {
	const opened = new Map<string, { scopeId: string; row: RowDraft }>();
	if (cases.length === 0) return opened;
	const named = await tx.selectFrom('council').select('name').where('code', '=', council).executeTakeFirst();
	const files = cases.map((one) => {
		const id = crypto.randomUUID();
		const v = { council, ref: one.caseRef, child: one.child, ...(named && { councilName: named.name }) };
		opened.set(one.caseRef, { scopeId: sharedScope(id), row: { t: 'case', id, v } });
		return {
			scope_id: sharedScope(id),
			id,
			council,
			case_ref: one.caseRef,
			upn_hmac: one.upnHmac ?? null,
			on_roster: one.roster !== undefined,
			born_on: one.child.bornOn ?? null,
			roster: one.roster === undefined ? null : orderedJson(one.roster)
		};
	});
	await tx
		.insertInto('scope')
		.values(files.map((file) => ({ id: file.scope_id })))
		.execute();
	await tx.insertInto('case_file').values(files).execute();
	return opened;
}
