import { assignOfficer, holderOn } from '../../cases/officers.ts';
import { upsertRosterCase } from '../../cases/roster.ts';
import type { Tx } from '../../db/transaction.ts';
import type { KnownCase } from '../bulk/open-cases.ts';
import { settleFacts } from '../bulk/settle-facts.ts';
import type { Target } from '../target.ts';
import type { RosterCaseRows } from './roster-of.ts';

type Met = { one: RosterCaseRows; file: KnownCase; same: boolean };

/** Brings a known case up to the file. `joined`: events of a waiting return that found their case now. */
export async function updateCase(
	tx: Tx,
	{ one, file, same }: Met,
	target: Target
): Promise<{ changed: boolean; joined: number }> {
	one.scopeId = file.scopeId;
	let joined = 0;
	if (!same) {
		const result = await upsertRosterCase(tx, {
			council: target.council,
			caseRef: one.caseRef,
			...one.roster()
		});
		joined = result.sen2Joined;
		if (joined > 0) await settleFacts(tx, file.scopeId);
		for (const ref of result.guardiansRenamed) {
			one.tell(
				'guardian_ref',
				`Guardian ${ref} had another name in an earlier file.`,
				'Letters to this reference that are in the post have ended. A new one asks you whether it is the same person.'
			);
		}
		for (const ref of result.guardiansMissing) {
			one.tell(
				'guardian_ref',
				`Guardian ${ref} was in an earlier file and is not in this one.`,
				'They get no new letter. Add the row if that is wrong.'
			);
		}
	}
	if (one.officerRef === '') {
		one.heldBy = (await holderOn(tx, file.scopeId, target.today))?.officerRef ?? '';
		return { changed: !same, joined };
	}
	const { changed } = await assignOfficer(tx, file.scopeId, {
		officerRef: one.officerRef,
		from: target.today
	});
	return { changed: changed || !same, joined };
}
