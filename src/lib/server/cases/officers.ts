import { orderedJson } from '#contract/ordered-json.ts';
import type { RowValue } from '#contract/rows.ts';
import type { Tx } from '../db/transaction.ts';
import { rowId } from './row-id.ts';
import { lockScope, writeScope } from './scope-writer.ts';

/** What the people file says about an officer; `from` and `until` belong to each case they hold. */
export type Officer = Omit<RowValue<'person'>, 'from' | 'until'>;

/** Keeps an officer. Returns false when nothing changed; after a change call `refreshOfficer` for the cases they hold. */
export async function putOfficer(
	tx: Tx,
	council: string,
	{ ref, v }: { ref: string; v: Officer }
): Promise<boolean> {
	const kept = await tx
		.selectFrom('officer')
		.select('v')
		.where('council', '=', council)
		.where('officer_ref', '=', ref)
		.executeTakeFirst();
	if (kept && orderedJson(kept.v) === orderedJson(v)) return false;
	const row = { council, officer_ref: ref, v: orderedJson(v) };
	await tx
		.insertInto('officer')
		.values(row)
		.onConflict((at) => at.columns(['council', 'officer_ref']).doUpdateSet(row))
		.execute();
	return true;
}

/** The shared scopes in which this officer has ever stood; write each in its own transaction with `publishOfficers`. */
export async function scopesOfOfficer(tx: Tx, council: string, ref: string): Promise<string[]> {
	const rows = await tx
		.selectFrom('case_officer')
		.innerJoin('case_file', 'case_file.scope_id', 'case_officer.scope_id')
		.select('case_officer.scope_id')
		.distinct()
		.where('case_file.council', '=', council)
		.where('officer_ref', '=', ref)
		.orderBy('case_officer.scope_id')
		.execute();
	return rows.map((row) => row.scope_id);
}

/**
 * Says who holds a case from a day on. An earlier holder's spell ends that day. The same spell again changes nothing; an
 * officer whom no people file has brought is kept, and shown once it has.
 */
export async function assignOfficer(
	tx: Tx,
	scopeId: string,
	spell: { officerRef: string; from: string; until?: string }
): Promise<{ changed: boolean }> {
	await lockScope(tx, scopeId);
	const kept = await tx
		.selectFrom('case_officer')
		.select(['officer_ref', 'from_on', 'until_on'])
		.where('scope_id', '=', scopeId)
		.execute();
	const current = kept.find((row) => row.officer_ref === spell.officerRef && row.until_on === null);
	// A roster names the holder in every file without a date: the running spell is then what it means.
	if (current && current.from_on <= spell.from && spell.until === undefined) return { changed: false };
	await tx
		.updateTable('case_officer')
		.set({ until_on: spell.from })
		.where('scope_id', '=', scopeId)
		.where('until_on', 'is', null)
		.where('from_on', '<=', spell.from)
		.where('officer_ref', '!=', spell.officerRef)
		.execute();
	const later = kept
		.filter((row) => row.from_on > spell.from)
		.map((row) => row.from_on)
		.sort()[0];
	const row = {
		scope_id: scopeId,
		officer_ref: spell.officerRef,
		from_on: spell.from,
		until_on: spell.until ?? later ?? null
	};
	await tx
		.insertInto('case_officer')
		.values(row)
		.onConflict((at) => at.columns(['scope_id', 'officer_ref', 'from_on']).doUpdateSet(row))
		.execute();
	return { changed: (await publishOfficers(tx, scopeId)) > 0 };
}

/** Writes one row per spell of each known officer into the case's shared scope. Returns how many rows changed. */
export async function publishOfficers(tx: Tx, scopeId: string): Promise<number> {
	const spells = await tx
		.selectFrom('case_officer')
		.innerJoin('case_file', 'case_file.scope_id', 'case_officer.scope_id')
		.innerJoin('officer', (join) =>
			join
				.onRef('officer.council', '=', 'case_file.council')
				.onRef('officer.officer_ref', '=', 'case_officer.officer_ref')
		)
		.select(['case_officer.officer_ref', 'from_on', 'until_on', 'officer.v'])
		.where('case_officer.scope_id', '=', scopeId)
		.where('case_file.suppressed', '=', false)
		.execute();
	const drafts = spells.map((spell) => ({
		t: 'person',
		id: personRow(scopeId, spell.officer_ref, spell.from_on),
		v: { ...spell.v, from: spell.from_on, ...(spell.until_on && { until: spell.until_on }) }
	}));
	return (await writeScope(tx, scopeId, drafts)).changed;
}

/** The row that tells a family of one spell. */
export const personRow = (scopeId: string, officerRef: string, from: string): string =>
	rowId('person', scopeId, officerRef, from);

/** Whom a case can be handed to today: officers and teams of the people file, by name. */
export async function officersOf(
	tx: Tx,
	council: string,
	today: string
): Promise<{ ref: string; name: string; team?: string }[]> {
	const rows = await tx
		.selectFrom('officer')
		.select(['officer_ref as ref', 'v'])
		.where('council', '=', council)
		.execute();
	const works = (v: Record<string, unknown>) =>
		(typeof v.worksFrom !== 'string' || v.worksFrom <= today) &&
		(typeof v.worksUntil !== 'string' || v.worksUntil >= today);
	return rows
		.filter(({ v }) => works(v))
		.map(({ ref, v }) => ({ ref, name: String(v.name), ...(v.team ? { team: String(v.team) } : {}) }))
		.sort((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : a.ref < b.ref ? -1 : 1));
}

/** Who holds the case on a day, if anybody; `known` is false when no people file has brought the officer. */
export async function holderOn(
	tx: Tx,
	scopeId: string,
	day: string
): Promise<{ officerRef: string; v: Officer | null } | undefined> {
	const row = await tx
		.selectFrom('case_officer')
		.innerJoin('case_file', 'case_file.scope_id', 'case_officer.scope_id')
		.leftJoin('officer', (join) =>
			join
				.onRef('officer.council', '=', 'case_file.council')
				.onRef('officer.officer_ref', '=', 'case_officer.officer_ref')
		)
		.select(['case_officer.officer_ref as officerRef', 'officer.v'])
		.where('case_officer.scope_id', '=', scopeId)
		.where('from_on', '<=', day)
		.where((where) => where.or([where('until_on', 'is', null), where('until_on', '>', day)]))
		.orderBy('from_on', 'desc')
		.executeTakeFirst();
	return row as { officerRef: string; v: Officer | null } | undefined;
}
