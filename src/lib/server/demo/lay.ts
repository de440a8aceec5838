import { londonDay } from '#domain/time/instant.ts';
import type { CivilDate } from '#domain/time/civil-date.ts';
import { makeActivation } from '../access/activation.ts';
import { addCaseEvents } from '../cases/case-events.ts';
import { putCouncil, setLines } from '../cases/councils.ts';
import { assignOfficer, putOfficer } from '../cases/officers.ts';
import { upsertRosterCase } from '../cases/roster.ts';
import { rowsOf, writeScope } from '../cases/scope-writer.ts';
import type { Database } from '../db/open-database.ts';
import type { Tx } from '../db/transaction.ts';
import { markDemoLaid, mintEpoch, readInstance } from '../instance.ts';
import { OperatorProblem } from '../operator-problem.ts';
import { type Demo, type LaidCase, composeDemo } from './compose.ts';
import { confirmDemo } from './confirm.ts';

/** One letter's worth: what the start page and the terminal print. Invented families only. */
export type DemoCode = {
	persona: string;
	title: string;
	child: string;
	bornOn: CivilDate;
	guardian: string;
	code: string;
};

/** Real families are in this database: invented ones are never laid among them. */
export class DemoRefused extends OperatorProblem {}

/** Takes away what an earlier laying told about a case, so that two demos never mix. The case and its letters stay. */
async function clear(tx: Tx, scopeId: string): Promise<void> {
	const old = [...(await rowsOf(tx, scopeId, 'event')), ...(await rowsOf(tx, scopeId, 'person'))];
	await tx.deleteFrom('case_officer').where('scope_id', '=', scopeId).execute();
	await writeScope(
		tx,
		scopeId,
		old.map(({ t, id }) => ({ t, id, v: null }))
	);
}

async function layCase(tx: Tx, one: LaidCase): Promise<string> {
	const { scopeId } = await upsertRosterCase(tx, one.roster);
	await clear(tx, scopeId);
	for (const spell of one.officers) await assignOfficer(tx, scopeId, spell);
	await addCaseEvents(tx, scopeId, { events: one.events });
	return scopeId;
}

async function layCouncil(tx: Tx, { council }: Demo): Promise<void> {
	await putCouncil(tx, { code: council.code, name: council.name }, council.value);
	await setLines(tx, council.code, { lines: council.lines, replace: true });
	for (const officer of council.officers) await putOfficer(tx, council.code, officer);
}

/**
 * Lays the five families for a day, each case in its own transaction; again over an earlier laying, with a new epoch so that
 * every phone reads from the beginning. Throws DemoRefused when a real import was taken, and DemoNotAsNamed before the first
 * write when a family would not be in the state it is named after.
 */
export async function layDemo(
	database: Pick<Database, 'transact'>,
	at: { today: CivilDate; now: Date }
): Promise<Demo> {
	const demo = composeDemo(at.today, at.now);
	confirmDemo(demo);
	const before = await database.transact((tx) => readInstance(tx), { readOnly: true });
	if (before.realImportAt) {
		throw new DemoRefused(
			'The demo is not laid: this database has taken a real import. Start without DEMO=1, or with an empty DATA_DIR.'
		);
	}
	await database.transact((tx) => layCouncil(tx, demo));
	for (const { cases } of demo.personas)
		for (const one of cases) await database.transact((tx) => layCase(tx, one));
	await database.transact(async (tx) => {
		if (before.demoLaidOn !== null) await mintEpoch(tx);
		await markDemoLaid(tx, at.today);
	});
	return demo;
}

/** New codes for every guardian and child of the demo; codes that nobody used are replaced, since none can be read back. */
export async function demoCodes(
	database: Pick<Database, 'transact'>,
	at: { demo: Demo; secret: string; now: Date }
): Promise<DemoCode[]> {
	const codes: DemoCode[] = [];
	for (const { persona, cases } of at.demo.personas)
		for (const { roster } of cases)
			await database.transact(async (tx) => {
				const { scopeId } = await tx
					.selectFrom('case_file')
					.select('scope_id as scopeId')
					.where('council', '=', roster.council)
					.where('case_ref', '=', roster.caseRef)
					.executeTakeFirstOrThrow();
				for (const guardian of roster.guardians) {
					const letter = {
						scopeId,
						guardianRef: guardian.ref,
						role: guardian.role ?? 'parent',
						secret: at.secret,
						now: at.now
					};
					const { code } = await makeActivation(tx, letter);
					const { givenName, familyName, bornOn } = roster.child;
					codes.push({
						persona: persona.name,
						title: persona.title,
						child: `${givenName} ${familyName}`,
						bornOn,
						guardian: guardian.name,
						code
					});
				}
			});
	return codes;
}

/** Today in London, by the server's clock. */
export const todayAt = (now: Date): CivilDate =>
	londonDay(now.toISOString()) ?? now.toISOString().slice(0, 10);
