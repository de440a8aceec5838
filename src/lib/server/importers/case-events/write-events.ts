import { createHash } from 'node:crypto';
import { addCaseEvents, eventsOf, type EventDraft, type KeptEvent } from '../../cases/case-events.ts';
import { openCase } from '../../cases/case-files.ts';
import { assignOfficer } from '../../cases/officers.ts';
import type { Tx } from '../../db/transaction.ts';
import type { Group, JudgedRow } from '../collect.ts';
import type { Problem } from '../report.ts';
import { sameFact } from '../same-fact.ts';
import { write, type Target, type Written } from '../target.ts';
import { factKey } from './judge-group.ts';
import type { EventRow } from './judge-row.ts';

type Sound = JudgedRow<EventRow> & { value: EventRow };

/** Writes the events of one case, in one transaction. A case_ref nobody knows opens a case without a name. */
export function writeCaseEvents(group: Group<EventRow>, target: Target): Promise<Written> {
	const rows = group.rows.filter((row): row is Sound => row.value !== null);
	return write(target, (tx) => writeIn(tx, rows, target));
}

async function writeIn(tx: Tx, rows: Sound[], target: Target): Promise<Written> {
	const caseRef = rows[0]?.value.caseRef;
	if (caseRef === undefined) return { unchanged: 0, made: {}, problems: [] };
	const file = await openCase(tx, target.council, caseRef);
	// A child who has died: nothing more is written for a family to meet.
	if (file.suppressed) return { unchanged: rows.length, made: {}, problems: [] };
	const kept = new Map(
		file.created ? [] : (await eventsOf(tx, file.scopeId)).map((event) => [keyOf(event), event])
	);
	const fresh = rows.filter((row) => !kept.has(keyOf(row.value)));
	const problems = rows.flatMap((row) => otherNote(row, kept.get(keyOf(row.value))));
	if (fresh.length > 0) problems.push(...(await addFresh(tx, file.scopeId, fresh)));
	for (const { value } of fresh) {
		if (value.type !== 'officer.assigned' || !value.detail.officer) continue;
		await assignOfficer(tx, file.scopeId, { officerRef: value.detail.officer, from: value.on });
	}
	const opened: Record<string, number> = file.created ? { cases: 1, casesWithoutName: 1 } : {};
	return { unchanged: rows.length - fresh.length, made: { ...opened, events: fresh.length }, problems };
}

/** A note is its own words; any other fact is the same whatever is said beside it. */
const keyOf = (fact: { type: EventRow['type']; on: string; detail: Record<string, string>; note?: string }) =>
	factKey(fact) + (fact.type === 'note' ? (fact.note ?? '') : '');

async function addFresh(tx: Tx, scopeId: string, fresh: Sound[]): Promise<Problem[]> {
	const drafts = fresh.map(draftOf);
	const { ids, conflicts } = await addCaseEvents(tx, scopeId, { events: drafts, isSameFact: sameFact });
	const rowById = new Map(ids.map((id, i) => [id, fresh[i]]));
	return conflicts.flatMap(({ id }) => {
		const row = rowById.get(id);
		if (!row) return [];
		const problem = `${row.value.type} has another date for this case already; both are kept and shown side by side.`;
		return [
			{
				file: row.file,
				row: row.row,
				column: 'event_date',
				problem,
				mend: 'If one is wrong, correct it where it was said.'
			}
		];
	});
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

function otherNote(row: Sound, kept: KeptEvent | undefined): Problem[] {
	if (!kept || row.value.note === '' || row.value.note === (kept.note ?? '')) return [];
	const problem = 'This fact is here already with another note; the first note was kept.';
	return [
		{ file: row.file, row: row.row, column: 'note', problem, mend: 'Add a row of type note to say more.' }
	];
}
