import { sql } from 'kysely';

/**
 * Whether the roster's reference stands beside another name than when this relationship began: then the roster's row is not about
 * whoever signed in. `relationship` and `guardian` are the names of the joined tables.
 */
export const anotherNameSince = (relationship: string, guardian: string) =>
	sql<boolean>`coalesce(${sql.ref(`${relationship}.from_at`)} < ${sql.ref(`${guardian}.renamed_at`)}, false)`;
