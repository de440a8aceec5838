import { sql } from 'kysely';
import { addMonths, type CivilDate } from '#domain/time/civil-date.ts';
import { userScope } from '#contract/scope.ts';
import { touchScope } from '../cases/scope-writer.ts';
import type { Tx } from '../db/transaction.ts';
import { audit } from './audit.ts';
import { can, type StaffActor } from './can.ts';
import { lineOf, linkedPeople, type Decided } from './relationships.ts';
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

/**
 * Records what a person found out about a young person's capacity to decide about the record; never a guess of ours. What
 * stands there already is not written again.
 */
export async function recordCapacity(
	tx: Tx,
	staff: StaffActor,
	{ caseScope, says, address }: { caseScope: string; says: 'has-capacity' | 'represented'; address?: string }
): Promise<Decided> {
	const allowed = can(staff, 'decide', caseScope);
	if (allowed) {
		if ((await capacityOf(tx, caseScope))?.says === says) return { ok: false, code: 'unknown' };
		const row = { case_scope: caseScope, id: crypto.randomUUID(), says, recorded_by: staff.staffId };
		await tx
			.insertInto('capacity_record')
			.values({ ...row, recorded_at: new Date() })
			.execute();
		const scopes = (await linkedPeople(tx, caseScope)).map(({ accountId }) => userScope(accountId));
		for (const scope of scopes.sort()) await touchScope(tx, scope);
	}
	await audit(tx, {
		...lineOf(staff, { caseScope, address }),
		action: 'capacity',
		reason: says,
		outcome: allowed ? 'done' : 'refused'
	});
	return allowed ? { ok: true } : { ok: false, code: 'not_allowed' };
}
