import { sql } from 'kysely';

/** The council keeps this account out of this case at the moment. */
export const heldFrom = (scopeColumn: string, accountColumn: string) =>
	sql<boolean>`exists (select 1 from access_hold h where h.case_scope = ${sql.ref(scopeColumn)} and h.account_id = ${sql.ref(accountColumn)} and h.lifted_at is null)`;
