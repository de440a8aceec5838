import { sql } from 'kysely';
import type { Tx } from '../db/transaction.ts';
import { nameKey } from './name-key.ts';
import { anotherNameSince } from './renamed.ts';

/** Whom a letter is for: the roster's reference on one case of one council. */
export type Person = { council: string; scopeId: string; guardianRef: string };
type Listed = { name: string | null; address: string | null };

/**
 * Whose account a letter opens; a new one where nobody's fits. The council says by its guardian_ref which letters go to one
 * person, but some number the guardians of each case anew: then "1" is a stranger elsewhere, and in a large council also a
 * stranger of the same name. So the letter opens an account that is tied to
 * - this case by this reference;
 * - another case by this reference, where it is open on this phone and the name or the address is the same too;
 * - another case by this reference, where the name is the same and nothing speaks against it (`nobodyElse`).
 * Otherwise a session on the phone is used only when it knows nobody at this council (a family that moved).
 */
export async function accountFor(
	tx: Tx,
	{ person, offered }: { person: Person; offered?: string }
): Promise<string> {
	// Two letters of one person on two phones at once must not make two of them.
	const one = `person ${person.council} ${person.guardianRef}`;
	await sql`select pg_advisory_xact_lock(hashtextextended(${one}, 0))`.execute(tx);
	const known = await tiesOf(tx, person, offered);
	const listed = (await tx
		.selectFrom('guardian')
		.select(['name', 'address'])
		.where('scope_id', '=', person.scopeId)
		.where('guardian_ref', '=', person.guardianRef)
		.executeTakeFirst()) ?? { name: null, address: null };
	const same = known.filter((row) => row.guardian_ref === person.guardianRef);
	const here = same.find((row) => row.case_scope === person.scopeId);
	if (here) return here.account_id;
	const open = same.find(
		(row) => row.account_id === offered && (alike(row, listed) || together(row, listed))
	);
	if (open) return open.account_id;
	for (const row of same.filter((one) => alike(one, listed)))
		if (together(row, listed) || (await nobodyElse(tx, person, [row, listed]))) return row.account_id;
	if (offered && !known.some((row) => row.account_id === offered)) return offered;
	const id = crypto.randomUUID();
	await tx.insertInto('account').values({ id }).execute();
	return id;
}

/**
 * Everybody at this council who has this reference somewhere, and what the offered account has there. Whoever signed in before the
 * reference was given to another name is not who the roster names now: they are nobody's by it.
 */
const tiesOf = (tx: Tx, { council, guardianRef }: Person, offered: string | undefined) =>
	tx
		.selectFrom('relationship')
		.innerJoin('case_file', 'case_file.scope_id', 'relationship.case_scope')
		.leftJoin('guardian', (join) =>
			join
				.onRef('guardian.scope_id', '=', 'relationship.case_scope')
				.onRef('guardian.guardian_ref', '=', 'relationship.guardian_ref')
		)
		.select(['relationship.account_id', 'relationship.guardian_ref', 'relationship.case_scope'])
		.select(['guardian.name', 'guardian.address'])
		.where('case_file.council', '=', council)
		.where(({ not }) => not(anotherNameSince('relationship', 'guardian')))
		.where((where) =>
			where.or([
				where('relationship.guardian_ref', '=', guardianRef),
				...(offered ? [where('account_id', '=', offered)] : [])
			])
		)
		.orderBy('relationship.from_at')
		.execute();

/**
 * Whether a name may stand for one person without a common address: no two addresses contradict each other, and the council
 * uses the reference for this one name only. Beside two names a reference is a number of each case.
 */
async function nobodyElse(tx: Tx, { council, guardianRef }: Person, [a, b]: [Listed, Listed]) {
	if (nameKey(a.address) !== '' && nameKey(b.address) !== '') return false;
	const names = await tx
		.selectFrom('guardian')
		.innerJoin('case_file', 'case_file.scope_id', 'guardian.scope_id')
		.select('guardian.name')
		.distinct()
		.where('council', '=', council)
		.where('guardian_ref', '=', guardianRef)
		.execute();
	return new Set(names.map((row) => nameKey(row.name))).size === 1;
}

const alike = (a: Listed, b: Listed) => nameKey(a.name) !== '' && nameKey(a.name) === nameKey(b.name);
const together = (a: Listed, b: Listed) =>
	nameKey(a.address) !== '' && nameKey(a.address) === nameKey(b.address);
