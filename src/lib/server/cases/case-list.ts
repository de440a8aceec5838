import { sql } from 'kysely';
import { heldFrom } from '../access/held.ts';
import type { Tx } from '../db/transaction.ts';
import { CASE_COLUMNS, type CaseFile } from './case-files.ts';

export type CaseFilter = {
	council: string;
	/** The page begins after this reference. */
	after: string;
	limit: number;
	/** Only what this officer or team holds today. */
	heldBy?: string;
	/** Only where somebody who can open the case waits for an answer. */
	waiting?: boolean;
	today: string;
};

/**
 * A page of the council's cases in the order of their references, narrowed in the database, so that a page is full and the next one begins where
 * it ends. Messages belong to the case: whoever holds it today has what waits in it on their list, and nothing has to be moved.
 */
export async function caseList(
	tx: Tx,
	{ council, after, limit, heldBy, waiting = false, today }: CaseFilter
): Promise<CaseFile[]> {
	let query = tx
		.selectFrom('case_file')
		.select(CASE_COLUMNS)
		.where('council', '=', council)
		.where('case_ref', '>', after)
		.where('suppressed', '=', false);
	if (heldBy !== undefined) query = query.where(holder(today), '=', heldBy);
	if (waiting) query = query.where(unanswered);
	return query.orderBy('case_ref').limit(limit).execute();
}

/** As `holderOn` says it for one case. */
const holder = (today: string) =>
	sql<string>`(select o.officer_ref from case_officer o where o.scope_id = case_file.scope_id and o.from_on <= ${today}
		and (o.until_on is null or o.until_on > ${today}) order by o.from_on desc limit 1)`;

/** As `casesUnanswered` says it for a page of cases. */
const unanswered = sql<boolean>`exists (select 1 from relationship r where r.case_scope = case_file.scope_id
	and (r.until_at is null or r.until_at > now()) and not ${heldFrom('r.case_scope', 'r.account_id')}
	and (select s.v ->> 'by' from scope_row s where s.scope_id = 'case:' || case_file.id || ':sent:' || r.account_id
		and s.t = 'message' and not s.deleted order by s.ver desc limit 1) = 'family')`;
