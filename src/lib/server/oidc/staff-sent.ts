import { sentScope } from '#contract/scope.ts';
import type { StaffMessage, StaffSubmission, StaffThread } from '#contract/staff/views.ts';
import { can, type StaffActor } from '../access/can.ts';
import { linkedPeople, type LinkedPerson } from '../access/relationships.ts';
import type { CaseFile } from '../cases/case-files.ts';
import { sentRows, type SentRow } from '../cases/sent-rows.ts';
import type { Tx } from '../db/transaction.ts';
import { languageName } from '../letters/language-name.ts';
import type { BlobRow } from '../blobs/blob-rows.ts';
import { blobsIn, filesShown } from './staff-files.ts';

type Message = Extract<SentRow, { t: 'message' }>;
export type Submission = Extract<SentRow, { t: 'submission' }>;
export const isMessage = (row: SentRow): row is Message => row.t === 'message';
export const isSubmission = (row: SentRow): row is Submission => row.t === 'submission';

type SentBy = { person: LinkedPerson; rows: SentRow[]; blobs: BlobRow[] };

/** What people of a case sent, by person and in its order. Whoever held the case when it came: it belongs to the case. */
export async function sentByPerson(
	tx: Tx,
	actor: StaffActor,
	{ caseId, scopeId }: CaseFile
): Promise<SentBy[]> {
	const people = await linkedPeople(tx, scopeId);
	const scopes = new Map(people.map((person) => [sentScope(caseId, person.accountId), person]));
	const readable = [...scopes.keys()].filter((scope) => can(actor, 'read', scope));
	const rows = await sentRows(tx, readable);
	const blobs = await blobsIn(tx, readable);
	return [...scopes]
		.map(([scope, person]) => ({
			person,
			rows: rows.filter((row) => row.scope === scope),
			blobs: blobs.filter((blob) => blob.scope_id === scope)
		}))
		.filter((one) => one.rows.length > 0);
}

/** So many messages on a page: what an officer reads before they answer. The case page says the rest is there. */
export const THREAD_PAGE = 20;

/** `before`: the id of a message; its thread is shown up to there. */
export async function sentTo(
	tx: Tx,
	actor: StaffActor,
	{ file, before }: { file: CaseFile; before: string }
): Promise<{ threads: StaffThread[]; submissions: StaffSubmission[] }> {
	const sent = await sentByPerson(tx, actor, file);
	const submissions = sent.flatMap(({ person, rows, blobs }) =>
		rows.filter(isSubmission).map((row) => submissionOf(person, row, { rows, blobs }))
	);
	return {
		threads: sent
			.map(threadOf)
			.sort(openFirst)
			.map((thread) => pageOf(thread, before)),
		submissions: submissions.sort((a, b) => (a.at < b.at ? 1 : -1))
	};
}

/** The newest page, or the one that ends before a message. */
function pageOf(thread: StaffThread, before: string): StaffThread {
	const at = thread.messages.findIndex((message) => message.id === before);
	const end = at < 0 ? thread.messages.length : at;
	const begin = Math.max(0, end - THREAD_PAGE);
	return { ...thread, messages: thread.messages.slice(begin, end), before: begin };
}

export function threadOf({ person, rows, blobs }: SentBy): StaffThread {
	const messages = rows.filter(isMessage).map((row) => ({ ...messageOf(row), ...filesShown(row, blobs) }));
	const { accountId, name, role } = person;
	const shutOut = isShutOut(person);
	return {
		accountId,
		name,
		role,
		messages,
		before: 0,
		count: messages.length,
		open: messages.at(-1)?.by === 'family' && !shutOut,
		shutOut,
		answerId: crypto.randomUUID()
	};
}

/** Since when somebody waits: from their first message after the last answer. */
function waitingSince({ messages }: StaffThread): string {
	const answered = messages.findLastIndex((message) => message.by === 'council');
	return messages[answered + 1]?.at ?? '';
}
/** Who waits longest comes first; after them whoever was heard last. */
function openFirst(a: StaffThread, b: StaffThread): number {
	if (a.open !== b.open) return a.open ? -1 : 1;
	if (a.open) return waitingSince(a) < waitingSince(b) ? -1 : 1;
	return (a.messages.at(-1)?.at ?? '') < (b.messages.at(-1)?.at ?? '') ? 1 : -1;
}

export const isShutOut = ({ until, hold }: LinkedPerson): boolean =>
	hold !== null || (until !== null && until <= new Date());

const messageOf = ({ id, v }: Message): StaffMessage => ({
	id,
	by: v.by,
	text: v.text,
	at: v.at,
	about: v.about ?? null,
	receipt: v.receipt ?? null,
	name: v.name ?? null,
	lang: v.lang ?? null,
	...languagesOf(v)
});

const languagesOf = ({ lang, interpreter }: { lang?: string; interpreter?: string }) => ({
	language: nameOf(lang),
	interpreter: nameOf(interpreter)
});
const nameOf = (tag: string | undefined): string | null =>
	tag === undefined ? null : (languageName(tag) ?? (/^en\b/i.test(tag) ? 'English' : tag));

export const submissionOf = (
	{ name, role }: LinkedPerson,
	row: Submission,
	of: Pick<SentBy, 'rows' | 'blobs'>
): StaffSubmission => ({
	id: row.id,
	name,
	role,
	form: row.v.form,
	version: row.v.version,
	at: row.v.at,
	receipt: row.v.receipt,
	replaces: of.rows.find((one) => one.t === 'submission' && one.id === row.v.replaces)?.v.receipt ?? null,
	...languagesOf(row.v),
	...filesShown(row, of.blobs)
});
