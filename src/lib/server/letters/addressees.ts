import { sql } from 'kysely';
import type { RowValue } from '#contract/rows.ts';
import { peopleScope } from '../cases/councils.ts';
import { rowsOf } from '../cases/scope-writer.ts';
import { anotherNameSince } from '../access/renamed.ts';
import type { Tx } from '../db/transaction.ts';
import { shutOutAt } from './shut-out.ts';

export type Addressee = {
	scopeId: string;
	caseRef: string;
	childName: string | null;
	guardianRef: string;
	name: string;
	address: string | null;
	role: string;
	interpreter: string | null;
	/** A letter would open again what the council ended, or let somebody round what it decided (`shut-out.ts`). */
	out: boolean;
	/** Somebody signed in with this reference when it stood beside another name. */
	renamed: boolean;
};

/**
 * Guardians who may get a letter: on the roster now, with a date of birth to confirm, of a case that is not suppressed.
 * Without `caseRef` only those who have neither an account nor a letter that still works: a second run must not end the
 * codes that are in the post.
 */
export async function addressees(
	tx: Tx,
	{ council, caseRef, now }: { council: string; caseRef?: string; now: Date }
): Promise<Addressee[]> {
	let query = tx
		.selectFrom('guardian')
		.innerJoin('case_file', 'case_file.scope_id', 'guardian.scope_id')
		.select([
			'guardian.scope_id as scopeId',
			'case_ref as caseRef',
			'roster',
			'guardian.guardian_ref as guardianRef',
			'guardian.name',
			'address',
			'guardian.role',
			'interpreter_language as interpreter',
			'reading_language as reading'
		])
		.select(
			sql<boolean>`renamed_at is not null and exists (
				select 1 from relationship r
				where r.case_scope = guardian.scope_id and r.guardian_ref = guardian.guardian_ref
					and r.from_at < guardian.renamed_at
			)`.as('renamed')
		)
		.where('council', '=', council)
		.where('on_roster', '=', true)
		.where('suppressed', '=', false)
		.where('born_on', 'is not', null)
		.where('left_at', 'is', null)
		.orderBy('case_ref')
		.orderBy('guardian.guardian_ref');
	if (caseRef !== undefined) query = query.where('case_ref', '=', caseRef);
	else {
		query = query
			.where(({ not, exists, selectFrom }) =>
				not(
					exists(
						selectFrom('relationship')
							.select('account_id')
							.whereRef('case_scope', '=', 'guardian.scope_id')
							.whereRef('relationship.guardian_ref', '=', 'guardian.guardian_ref')
							// Of whoever had the reference before: the one who has it now gets none without a person's word, and is named.
							.where(({ not }) => not(anotherNameSince('relationship', 'guardian')))
					)
				)
			)
			.where(({ not, exists, selectFrom }) =>
				not(
					exists(
						selectFrom('activation')
							.select('code_hmac')
							.whereRef('activation.scope_id', '=', 'guardian.scope_id')
							.whereRef('activation.guardian_ref', '=', 'guardian.guardian_ref')
							.where('used_at', 'is', null)
							.where('replaced_at', 'is', null)
							.where('expires_at', '>', now)
							// One made for an earlier name opens nothing any more.
							.where(sql<boolean>`made_at > coalesce(guardian.renamed_at, '-infinity')`)
					)
				)
			);
	}
	const out = await shutOutAt(tx, council, now);
	return (await query.execute()).map(({ roster, role, reading, interpreter, ...row }) => ({
		...row,
		out: out(row),
		role: role ?? 'parent',
		interpreter: interpreter ?? reading,
		childName: (roster as { child?: { givenName?: string } } | null)?.child?.givenName ?? null
	}));
}

/** The council's name and the line to print for questions: the duty line, else any line with a number. */
export async function sender(
	tx: Tx,
	council: string
): Promise<{ name: string; line: RowValue<'line'> | null } | null> {
	const row = await tx.selectFrom('council').select('name').where('code', '=', council).executeTakeFirst();
	if (!row) return null;
	const lines = (await rowsOf(tx, peopleScope(council), 'line'))
		.map((one) => one.v as RowValue<'line'>)
		.filter((one) => one.phone);
	return { name: row.name, line: lines.find((one) => one.role === 'duty') ?? lines[0] ?? null };
}
