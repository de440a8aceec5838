import { sql } from 'kysely';
import { addMonths, type CivilDate } from '#domain/time/civil-date.ts';
import type { Tx } from '../db/transaction.ts';
import { rightsDay } from './young-person.ts';

/** The newest record about capacity says that somebody decides for the young person. */
export const representedIn = (scopeColumn: string) =>
	sql<boolean>`coalesce((select c.says = 'represented' from capacity_record c where c.case_scope = ${sql.ref(scopeColumn)} order by c.recorded_at desc, c.id limit 1), false)`;

/** The newest record about capacity, or undefined when nobody has made one. */
export const capacityOf = (tx: Tx, caseScope: string) =>
	tx
		.selectFrom('capacity_record')
		.select(['says', 'recorded_at as at'])
		.where('case_scope', '=', caseScope)
		.orderBy('recorded_at', 'desc')
		.orderBy('id')
		.limit(1)
		.executeTakeFirst();

/** Capacity may be recorded from a year before the record becomes the young person's own. */
export const capacityFrom = (bornOn: CivilDate): CivilDate => addMonths(rightsDay(bornOn), -12);
