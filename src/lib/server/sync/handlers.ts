import * as z from 'zod/mini';
import { noteShape } from '#contract/notes.ts';
import type { ScopeKind } from '#contract/scope.ts';
import type { Rejection } from '#contract/sync/push.ts';
import type { Receipt } from '#contract/sync/sending.ts';
import { writeDraft } from './draft-write.ts';
import type { Mutation, RowStore, StoredRow, WrittenRow } from './row-store.ts';
import { sendMessage, sendViews } from './send.ts';

/**
 * `fields` is what changed, for the next one that meets it; `beside` what was kept beside other words; `receipt` of what was sent to the
 * council. No row: nothing to do.
 */
export type Outcome =
	| { reject: Rejection }
	| { row: WrittenRow | null; fields?: readonly string[]; beside?: readonly string[]; receipt?: Receipt };
export type Handler = {
	/** Where such a change may be made at all; who may make it there is for `can` to say. */
	in: ReadonlySet<ScopeKind>;
	run(store: RowStore, one: Mutation): Promise<Outcome>;
};

/** A note is a page, not a book; an envelope holds 256 KiB. */
const TEXT = z.string().check(z.maxLength(50_000));
const DAY = z.string().check(z.regex(/^\d{4}-\d{2}-\d{2}$/));
/** The version of the row that the phone had last heard; null: none yet. */
const VERSION = z.nullable(z.number().check(z.int(), z.nonnegative()));
const put = z.object({
	id: z.uuid(),
	baseVer: VERSION,
	/** What changed, and nothing else. */
	patch: z.object({ text: z.optional(TEXT), on: z.optional(DAY), about: z.optional(z.uuid()) })
});
const remove = z.object({ id: z.uuid(), baseVer: VERSION });

const WRITTEN_BY_FAMILIES: ReadonlySet<ScopeKind> = new Set(['case-own', 'case-fam', 'case-yp']);
const SENT: ReadonlySet<ScopeKind> = new Set(['case-sent']);
/** Where a person may write anything: a change that was taken back keeps its number, wherever it was for. */
const ANYWHERE: ReadonlySet<ScopeKind> = new Set([...WRITTEN_BY_FAMILIES, ...SENT, 'user']);

/** What each name does. The rows of a type are changed by its own mutations alone: `changedByOthers` counts on it. */
export const HANDLERS: Readonly<Record<string, Handler>> = {
	'note.put': { in: WRITTEN_BY_FAMILIES, run: putNote },
	'note.delete': { in: WRITTEN_BY_FAMILIES, run: deleteNote },
	'draft.write': { in: WRITTEN_BY_FAMILIES, run: writeDraft },
	'message.send': { in: SENT, run: sendMessage },
	'views.send': { in: SENT, run: sendViews },
	none: { in: ANYWHERE, run: async () => ({ row: null }) }
};

async function putNote(store: RowStore, { mid, scope, args }: Mutation): Promise<Outcome> {
	const read = put.safeParse(args);
	if (!read.success) return { reject: 'bad_args' };
	const { id, baseVer, patch } = read.data;
	const kept = await store.row(scope, 'note', id);
	if (kept?.deleted) return { reject: 'superseded' };
	if (!kept) return noteShape.is(patch) ? whole(id, patch) : { reject: 'bad_args' };
	return merged(store, { mid, scope, id, baseVer, patch, kept });
}

async function deleteNote(store: RowStore, { scope, args }: Mutation): Promise<Outcome> {
	const read = remove.safeParse(args);
	if (!read.success) return { reject: 'bad_args' };
	const { id, baseVer } = read.data;
	const kept = await store.row(scope, 'note', id);
	if (!kept || kept.deleted) return { row: null };
	// Words that somebody added after the person last looked are not thrown away unseen.
	const others = await store.changedByOthers(scope, { t: 'note', id, ver: baseVer ?? 0 });
	return others.size > 0 ? { reject: 'changed' } : { row: { t: 'note', id, v: null } };
}

const whole = (id: string, v: Record<string, unknown>): Outcome => ({
	row: { t: 'note', id, v },
	fields: Object.keys(v)
});

type Patch = z.infer<typeof put>['patch'];
type Meeting = {
	mid: string;
	scope: string;
	id: string;
	baseVer: number | null;
	patch: Patch;
	kept: StoredRow;
};

/** Fields that nobody else changed are taken; where two changed the same one, the first stands and the second is kept beside it. */
async function merged(store: RowStore, { mid, scope, id, baseVer, patch, kept }: Meeting): Promise<Outcome> {
	const now = kept.v ?? {};
	const theirs = await store.changedByOthers(scope, { t: 'note', id, ver: baseVer ?? 0 });
	const news = Object.entries(patch).filter(([field, value]) => now[field] !== value);
	if (news.length === 0) return { row: null };
	const met = news.filter(([field]) => theirs.has(field));
	const free = news.filter(([field]) => !theirs.has(field));
	const beside = met.map(([field]) => field);
	const fields = free.map(([field]) => field);
	const v: Record<string, unknown> = { ...now, ...Object.fromEntries(free) };
	if (met.length === 0) return { row: { t: 'note', id, v }, fields };
	v['others'] = [...othersOf(now), { mid, fields: Object.fromEntries(met) }];
	return { row: { t: 'note', id, v }, fields: [...fields, 'others'], beside };
}

const othersOf = (v: Record<string, unknown>): unknown[] => (Array.isArray(v['others']) ? v['others'] : []);
