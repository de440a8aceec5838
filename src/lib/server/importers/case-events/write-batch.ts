import { createHash } from 'node:crypto';
import type { EventDraft } from '../../cases/case-events.ts';
import { assignOfficer } from '../../cases/officers.ts';
import type { RowDraft } from '../../cases/scope-writer.ts';
import type { Tx } from '../../db/transaction.ts';
import { addEvents, eventsOfScopes, type Added } from '../bulk/add-events.ts';
import { findCases, openCases } from '../bulk/open-cases.ts';
import { lockScopes, writeScopes } from '../bulk/write-scopes.ts';
import type { Group, JudgedRow } from '../collect.ts';
import type { Problem } from '../report.ts';
import { write, type Target, type Written } from '../target.ts';
import type { EventRow } from './judge-row.ts';

type Sound = JudgedRow<EventRow> & { value: EventRow };
type CaseRows = { caseRef: string; scopeId: string; rows: Sound[] };

/** Writes the events of some cases, in one transaction. A case_ref nobody knows opens a case without a name. */
export function writeCaseEvents(groups: readonly Group<EventRow>[], target: Target): Promise<Written> {
	return write(target, (tx) => writeIn(tx, groups, target.council));
}

async function writeIn(tx: Tx, groups: readonly Group<EventRow>[], council: string): Promise<Written> {
	const written: Written = { unchanged: 0, made: {}, problems: [] };
	const known = await findCases(
		tx,
		council,
		groups.map((group) => group.key)
	);
	const unknown = groups.filter((group) => !known.has(group.key));
	const opened = await openCases(
		tx,
		council,
		unknown.map((group) => ({ caseRef: group.key, child: {} }))
	);
	if (opened.size > 0) Object.assign(written.made, { cases: opened.size, casesWithoutName: opened.size });
	const cases: CaseRows[] = [];
	for (const group of groups) {
		const rows = group.rows.filter((row): row is Sound => row.value !== null);
		const file = known.get(group.key);
		// A child who has died: nothing more is written for a family to meet.
		if (file?.suppressed) written.unchanged += rows.length;
		else
			cases.push({
				caseRef: group.key,
				rows,
				scopeId: file?.scopeId ?? opened.get(group.key)?.scopeId ?? ''
			});
	}
	await lockScopes(
		tx,
		cases.map((one) => one.scopeId)
	);
	const kept = await eventsOfScopes(
		tx,
		cases.filter((one) => known.has(one.caseRef)).map((one) => one.scopeId)
	);
	const drafts = new Map<string, RowDraft[]>();
	for (const one of cases) {
		const added = addEvents(one.scopeId, kept.get(one.scopeId) ?? [], one.rows.map(draftOf));
		const first = opened.get(one.caseRef)?.row;
		drafts.set(one.scopeId, first ? [first, ...added.rows] : added.rows);
		count(written, one, added);
	}
	await writeScopes(tx, drafts);
	for (const one of cases) await assign(tx, one);
	return written;
}

function count(written: Written, { rows }: CaseRows, added: Added): void {
	written.unchanged += rows.length - added.fresh.length;
	written.made.events = (written.made.events ?? 0) + added.fresh.length;
	for (const i of added.conflicting) {
		const row = rows[i];
		if (!row) continue;
		const problem = `${row.value.type} has another date for this case already; both are kept and shown side by side.`;
		const mend = 'If one is wrong, correct it where it was said.';
		written.problems.push({ file: row.file, row: row.row, column: 'event_date', problem, mend });
	}
	for (const [i, first] of added.kept) written.problems.push(...otherNote(rows[i], first.note ?? ''));
}

/** A fact that says who holds the case is also a spell of that officer. */
async function assign(tx: Tx, { scopeId, rows }: CaseRows): Promise<void> {
	for (const { value } of rows) {
		if (value.type !== 'officer.assigned' || !value.detail.officer) continue;
		await assignOfficer(tx, scopeId, { officerRef: value.detail.officer, from: value.on });
	}
}

function draftOf(row: Sound): EventDraft {
	const { type, on, detail, note, sourceRef } = row.value;
	// Two notes of one day are told apart by their words.
	const ref =
		sourceRef ||
		(type === 'note' ? `note-${createHash('sha256').update(note).digest('hex').slice(0, 12)}` : '');
	const source = {
		said: 'council' as const,
		file: row.file,
		sha256: row.sha256,
		row: row.row,
		...(ref && { ref })
	};
	return { type, on, detail, source, ...(note && { note }) };
}

function otherNote(row: Sound | undefined, first: string): Problem[] {
	if (!row || row.value.note === '' || row.value.note === first) return [];
	const problem = 'This fact is here already with another note; the first note was kept.';
	return [
		{ file: row.file, row: row.row, column: 'note', problem, mend: 'Add a row of type note to say more.' }
	];
}
