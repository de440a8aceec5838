import { sameRoster } from '../../cases/case-files.ts';
import { rowId } from '../../cases/row-id.ts';
import type { RowDraft } from '../../cases/scope-writer.ts';
import { linkWaiting } from '../../cases/sen2-waiting.ts';
import type { Tx } from '../../db/transaction.ts';
import { findCases, openCases, type KnownCase } from '../bulk/open-cases.ts';
import { writeScopes } from '../bulk/write-scopes.ts';
import type { Group, JudgedRow } from '../collect.ts';
import { settleFacts } from '../bulk/settle-facts.ts';
import { add } from '../counts.ts';
import type { Problem } from '../report.ts';
import { write, type Target, type Written } from '../target.ts';
import type { Holders } from './holders.ts';
import type { RosterRow } from './judge-row.ts';
import { rosterOf, type RosterCaseRows } from './roster-of.ts';
import { updateCase } from './update-case.ts';
import { waitingFor } from './waiting-for.ts';

type Sound = JudgedRow<RosterRow> & { value: RosterRow };
export type RosterTarget = Target & { holders: Holders };

/**
 * Writes some cases of the roster, in one transaction. New ones are opened together, as a first import has thousands;
 * those that are known and say something new go one by one through the repository.
 */
export function writeRoster(groups: readonly Group<RosterRow>[], target: RosterTarget): Promise<Written> {
	return write(target, (tx) => writeIn(tx, groups, target));
}

async function writeIn(tx: Tx, groups: readonly Group<RosterRow>[], target: RosterTarget): Promise<Written> {
	const written: Written = { unchanged: 0, made: {}, problems: [] };
	const soundRows = (group: Group<RosterRow>) => group.rows.filter((row): row is Sound => row.value !== null);
	const cases = groups.map((group) => rosterOf(soundRows(group), target.secret));
	const waiting = await waitingFor(tx, target.council, cases);
	for (const one of cases) {
		if (!waiting.otherBirthDate.has(one.upnHmac ?? '')) continue;
		one.tell(
			'upn',
			'A yearly return has another birth date for this UPN, so the two stay apart.',
			'Check both.'
		);
		delete one.upnHmac;
	}
	const known = await findCases(
		tx,
		target.council,
		cases.map((one) => one.caseRef)
	);
	await openNew(
		tx,
		cases.filter((one) => !known.has(one.caseRef)),
		{ target, written, waiting: waiting.upns }
	);
	for (const one of cases) {
		const file = known.get(one.caseRef);
		if (file) await meetKnown(tx, { one, file }, { target, written });
		const holder = one.officerRef || one.heldBy || '';
		const lack = target.holders.lackOf(holder);
		if (lack) one.tell('officer_ref', lack.problem, lack.mend);
		written.problems.push(...(one.problems satisfies Problem[]));
	}
	return written;
}

type Around = { target: RosterTarget; written: Written };

async function meetKnown(
	tx: Tx,
	{ one, file }: { one: RosterCaseRows; file: KnownCase },
	{ target, written }: Around
): Promise<void> {
	const same = sameRoster(file.roster, one.roster());
	const { changed, joined } = await updateCase(tx, { one, file, same }, target);
	if (!changed) written.unchanged += one.rows;
	// A case that an event opened without a name has its family now.
	if (!file.onRoster) add(written.made, { guardians: one.guardians.length });
	add(written.made, { events: joined });
}

async function openNew(
	tx: Tx,
	cases: RosterCaseRows[],
	{ target, written, waiting }: Around & { waiting: Set<string> }
): Promise<void> {
	if (cases.length === 0) return;
	const opened = await openCases(
		tx,
		target.council,
		cases.map((one) => ({
			caseRef: one.caseRef,
			child: one.child,
			roster: one.roster(),
			...(one.upnHmac && { upnHmac: one.upnHmac })
		}))
	);
	const drafts = new Map<string, RowDraft[]>();
	const spells: { scope_id: string; officer_ref: string; from_on: string }[] = [];
	for (const one of cases) {
		const { scopeId, row } = opened.get(one.caseRef) ?? { scopeId: '', row: { t: 'case', id: '', v: {} } };
		one.scopeId = scopeId;
		drafts.set(scopeId, [row, ...personRow(one, target)]);
		// The file gives no day on which an officer took the case: it is the day the council first said so.
		if (one.officerRef)
			spells.push({ scope_id: scopeId, officer_ref: one.officerRef, from_on: target.today });
	}
	await tx.insertInto('guardian').values(cases.flatMap(guardianRows)).execute();
	if (spells.length > 0) await tx.insertInto('case_officer').values(spells).execute();
	await writeScopes(tx, drafts);
	add(written.made, {
		cases: cases.length,
		guardians: cases.reduce((sum, one) => sum + one.guardians.length, 0)
	});
	for (const { scopeId, upnHmac } of cases) {
		if (!upnHmac || !waiting.has(upnHmac)) continue;
		const joined = await linkWaiting(tx, { council: target.council, upnHmac, scopeId });
		if (joined > 0) await settleFacts(tx, scopeId);
		add(written.made, { events: joined });
	}
}

/** The officer as the phone sees them, when the people file has brought them; the same row as `cases/officers` writes. */
function personRow(one: RosterCaseRows, target: RosterTarget): RowDraft[] {
	const officer = target.holders.officer(one.officerRef);
	if (!officer) return [];
	const id = rowId('person', one.scopeId, one.officerRef, target.today);
	return [{ t: 'person', id, v: { ...officer, from: target.today } }];
}

const guardianRows = (one: RosterCaseRows) =>
	one.guardians.map((guardian) => ({
		scope_id: one.scopeId,
		guardian_ref: guardian.ref,
		name: guardian.name,
		role: guardian.role ?? null,
		address: guardian.address ?? null,
		reading_language: guardian.readingLanguage ?? null,
		interpreter_language: guardian.interpreterLanguage ?? null
	}));
