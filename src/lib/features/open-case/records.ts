import { ownScope } from '#contract/scope.ts';
import type { RowValue } from '#contract/rows.ts';
import type { Child } from './children.ts';
import type { OpenCase } from './open-case.svelte.ts';
import type { Known } from './rows.ts';

/**
 * The family's own log: notes, calls, days out of school. Each is a row of the writer's own scope on this phone; nothing here goes into
 * the outbox (blueprint §2.9). Throws what the store throws; the screen says it and keeps the words.
 */
export type LogRecord = Known<'record'>;
export type RecordValue = RowValue<'record'>;
export type RecordKind = RecordValue['kind'];
/** What a screen writes of it; whose it is and when it was changed, `saveRecord` knows. */
export type RecordWords = Pick<
	RecordValue,
	'kind' | 'on' | 'text' | 'until' | 'who' | 'phone' | 'about' | 'hours' | 'writtenAt'
>;

/** A child that was linked may have been written about under either of its cases. */
const isAbout = (child: Child) => (row: LogRecord) =>
	[child.key, child.councilCase, child.localCase].includes(row.v.case);

const later = (a: LogRecord, b: LogRecord): number =>
	a.v.on === b.v.on ? ((a.v.changedAt ?? '') < (b.v.changedAt ?? '') ? 1 : -1) : a.v.on < b.v.on ? 1 : -1;

/** Newest first. */
export const recordsIn = (rows: readonly LogRecord[], child: Child): LogRecord[] =>
	rows.filter(isAbout(child)).sort(later);

export const recordsOf = (open: OpenCase, child: Child): LogRecord[] =>
	recordsIn(open.family?.known.record ?? [], child);

/** Words were kept, and nobody has pressed Save: the list says so, and what was typed is all there. */
export const isBegun = (row: LogRecord): boolean => row.v.writtenAt === undefined;

/** Reads the row anew at the moment of writing, so that what a newer app added to it stays. */
export async function saveRecord(
	open: OpenCase,
	child: Child,
	{ id, v }: { id: string; v: RecordWords }
): Promise<void> {
	const { store } = open.parts;
	const { id: profile } = await store.begin();
	const kept = open.family?.known.record.find((row) => row.id === id);
	const caseId = kept?.v.case ?? child.localCase ?? child.key;
	const value = { ...kept?.v, ...v, case: caseId, changedAt: open.today.now().toISOString() };
	await store.put([{ scope: kept?.scope ?? ownScope(caseId, profile), t: 'record', id, v: value }]);
}

export async function removeRecord(open: OpenCase, id: string): Promise<void> {
	const kept = open.family?.known.record.find((row) => row.id === id);
	if (kept) await open.parts.store.remove([{ scope: kept.scope, t: 'record', id }]);
}
