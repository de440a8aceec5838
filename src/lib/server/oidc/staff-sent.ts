import { sentScope } from '#contract/scope.ts';
import type { StaffMessage, StaffSubmission, StaffThread } from '#contract/staff/views.ts';
import { can, type StaffActor } from '../access/can.ts';
import { linkedPeople, type LinkedPerson } from '../access/relationships.ts';
import type { CaseFile } from '../cases/case-files.ts';
import { sentRows, type SentRow } from '../cases/sent-rows.ts';
import type { Tx } from '../db/transaction.ts';
import { languageName } from '../letters/language-name.ts';

type Message = Extract<SentRow, { t: 'message' }>;
export type Submission = Extract<SentRow, { t: 'submission' }>;
const isMessage = (row: SentRow): row is Message => row.t === 'message';
export const isSubmission = (row: SentRow): row is Submission => row.t === 'submission';

/** What people of a case sent, by person and in its order. Whoever held the case when it came: it belongs to the case. */
export async function sentByPerson(
	tx: Tx,
	actor: StaffActor,
	{ caseId, scopeId }: CaseFile
): Promise<{ person: LinkedPerson; rows: SentRow[] }[]> {
	const people = await linkedPeople(tx, scopeId);
	const scopes = new Map(people.map((person) => [sentScope(caseId, person.accountId), person]));
	const rows = await sentRows(
		tx,
		[...scopes.keys()].filter((scope) => can(actor, 'read', scope))
	);
	return [...scopes]
		.map(([scope, person]) => ({ person, rows: rows.filter((row) => row.scope === scope) }))
		.filter((one) => one.rows.length > 0);
}

export async function sentTo(
	tx: Tx,
	actor: StaffActor,
	file: CaseFile
): Promise<{ threads: StaffThread[]; submissions: StaffSubmission[] }> {
	const sent = await sentByPerson(tx, actor, file);
	const submissions = sent.flatMap(({ person, rows }) =>
		rows.filter(isSubmission).map((row) => submissionOf(person, row, rows))
	);
	return {
		threads: sent.map(threadOf).sort(openFirst),
		submissions: submissions.sort((a, b) => (a.at < b.at ? 1 : -1))
	};
}

function threadOf({ person, rows }: { person: LinkedPerson; rows: SentRow[] }): StaffThread {
	const messages = rows.filter(isMessage).map(messageOf);
	const { accountId, name, role } = person;
	const shutOut = isShutOut(person);
	return {
		accountId,
		name,
		role,
		messages,
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
	{ id, v }: Submission,
	of: SentRow[]
): StaffSubmission => ({
	id,
	name,
	role,
	form: v.form,
	at: v.at,
	receipt: v.receipt,
	replaces: of.find((row) => row.t === 'submission' && row.id === v.replaces)?.v.receipt ?? null,
	...languagesOf(v)
});
