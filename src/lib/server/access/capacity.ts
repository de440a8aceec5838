import { sql } from 'kysely';

/** The newest record about capacity says that somebody decides for the young person. */
export const representedIn = (scopeColumn: string) =>
	sql<boolean>`coalesce((select c.says = 'represented' from capacity_record c where c.case_scope = ${sql.ref(scopeColumn)} order by c.recorded_at desc, c.id limit 1), false)`;
