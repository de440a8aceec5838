import { sharedScope, userScope } from '#contract/scope.ts';
import { endOfCompulsorySchool } from '#domain/time/birthdays.ts';
import { addDays, addMonths, daysBetween, type CivilDate } from '#domain/time/civil-date.ts';
import { rowId } from '../cases/row-id.ts';
import { rowsOf, writeScope } from '../cases/scope-writer.ts';
import type { Transact, Tx } from '../db/transaction.ts';
import { audit } from './audit.ts';
import { YOUNG_PERSON } from './can.ts';
import { carryOver } from './grants.ts';
import { heldFrom } from './held.ts';

/** Told first a school term ahead, when a family can still talk to the council, and once more a month before. */
const TELL_DAYS = [90, 30] as const;
/** Born on 31 August, a child leaves compulsory school at 15 years and 10 months: nobody can be nearer than this. */
const YOUNGEST_MONTHS = 15 * 12 + 9;
const PAGE = 50;

/** The day from which the record is the young person's: rule YP-RIGHTS (Children and Families Act 2014 s.83). */
export const rightsDay = (bornOn: CivilDate): CivilDate => endOfCompulsorySchool(bornOn);

type Due = { id: string; bornOn: CivilDate };

/**
 * Tells both sides 90 and 30 days before, and moves the rights on the day: the record is then the young person's, and
 * everybody who read it until then goes on by a grant that they see and can withdraw. Capacity is never guessed from age, a
 * plan or silence. Running it again changes nothing. One short transaction for each case; returns how many moved.
 */
export async function turnOfRights(
	transact: Transact,
	today: CivilDate
): Promise<{ moved: number; told: number }> {
	const done = { moved: 0, told: 0 };
	await transact((tx) => takeBack(tx, today), { job: true });
	let after = '';
	for (;;) {
		const page = await transact((tx) => casesNear(tx, { today, after }), { readOnly: true, job: true });
		for (const due of page) {
			const day = rightsDay(due.bornOn);
			if (day <= today) {
				await transact((tx) => moveRights(tx, { id: due.id, day }), { job: true });
				done.moved++;
			} else if (await transact((tx) => tellBefore(tx, { id: due.id, day, today }), { job: true }))
				done.told++;
		}
		if (page.length < PAGE) return done;
		after = page[page.length - 1]!.id;
	}
}

/** A date of birth that was put right: the day has not come after all. What the young person said meanwhile stays said. */
async function takeBack(tx: Tx, today: CivilDate): Promise<void> {
	const moved = await tx
		.selectFrom('case_file')
		.select(['id', 'born_on'])
		.where('rights_moved_at', 'is not', null)
		// Nobody older can be before that day: it comes at 16 years and 10 months at the latest.
		.where('born_on', '>', addMonths(today, -17 * 12))
		.execute();
	const early = moved.filter((row) => rightsDay(row.born_on!) > today).map((row) => row.id);
	if (early.length === 0) return;
	await tx.updateTable('case_file').set({ rights_moved_at: null }).where('id', 'in', early).execute();
}

async function casesNear(tx: Tx, { today, after }: { today: CivilDate; after: string }): Promise<Due[]> {
	const bornBy = addMonths(addDays(today, TELL_DAYS[0]), -YOUNGEST_MONTHS);
	let query = tx
		.selectFrom('case_file')
		.select(['id', 'born_on'])
		.where('rights_moved_at', 'is', null)
		.where('suppressed', '=', false)
		.where('born_on', '<=', bornBy)
		.orderBy('id')
		.limit(PAGE);
	if (after) query = query.where('id', '>', after);
	return (await query.execute()).map(({ id, born_on }) => ({ id, bornOn: born_on! }));
}

async function tellBefore(
	tx: Tx,
	{ id, day, today }: { id: string; day: CivilDate; today: CivilDate }
): Promise<boolean> {
	const left = daysBetween(today, day);
	const ahead = TELL_DAYS.findLast((days) => left <= days);
	if (ahead === undefined) return false;
	const changed = await tell(tx, { id, day, kind: 'rights-soon', stage: `${day} ${ahead}` });
	return changed > 0;
}

async function moveRights(tx: Tx, { id, day }: { id: string; day: CivilDate }): Promise<void> {
	const mine = await tx
		.updateTable('case_file')
		.set({ rights_moved_at: new Date() })
		.where('id', '=', id)
		.where('rights_moved_at', 'is', null)
		.executeTakeFirst();
	// Another node was quicker.
	if (mine.numUpdatedRows === 0n) return;
	for (const { account_id } of await linked(tx, id)) await carryOver(tx, sharedScope(id), account_id);
	await tell(tx, { id, day, kind: 'rights-moved', stage: day });
	await audit(tx, { actor: 'system', action: 'rights-moved', scope: sharedScope(id) });
}

/** One row in each linked person's own scope, once: the id is of the case and the stage, and what is there stays. */
async function tell(
	tx: Tx,
	{ id, day, kind, stage }: { id: string; day: CivilDate; kind: string; stage: string }
): Promise<number> {
	const rowOf = rowId('rights', id, stage);
	const at = new Date().toISOString();
	let told = 0;
	for (const { account_id, role, held } of await linked(tx, id)) {
		// Whom the council keeps out is told nothing about the case; let in again, they hear it at the next round.
		if (held) continue;
		const scope = userScope(account_id);
		if ((await rowsOf(tx, scope, 'notice')).some((row) => row.id === rowOf)) continue;
		const side = role === YOUNG_PERSON ? 'mine' : 'theirs';
		const v = { kind: `${kind}-${side}`, at, case: id, on: day };
		told += (await writeScope(tx, scope, [{ t: 'notice', id: rowOf, v }])).changed;
	}
	return told;
}

/** In the order of their ids, in which their scopes are locked. */
const linked = (tx: Tx, id: string) =>
	tx
		.selectFrom('relationship')
		.select(['account_id', 'role', heldFrom('relationship.case_scope', 'relationship.account_id').as('held')])
		.where('case_scope', '=', sharedScope(id))
		.where('from_at', '<=', new Date())
		.where((where) => where.or([where('until_at', 'is', null), where('until_at', '>', new Date())]))
		.where('role', '!=', 'professional')
		.orderBy('account_id')
		.execute();
