import { FILES_EACH, type FileRef } from '#contract/blobs.ts';
import { ownScope } from '#contract/scope.ts';
import { isUnfinished, type NewFile, type Recording, type Upload } from '#store/files.ts';
import type { Child } from './children.ts';
import { draftOf } from './drafts.ts';
import type { OpenCase } from './open-case.svelte.ts';
import type { Known } from './rows.ts';

/**
 * Photos, voices and drawings of words that are being written: on this phone alone until Send, like the words. They belong to the draft of
 * one form and one child, whether words stand in it yet or not.
 */
export type FileHere = Known<'file'>;
type Place = { child: Child; form: string; question?: string | undefined };

/** Of a form, or of one question of it; oldest first. What went with words that were sent is no longer among them. */
export function filesFor(open: OpenCase, { child, form, question }: Place): FileHere[] {
	const cases = [child.key, child.councilCase, child.localCase];
	const drafts = new Set([...cases.map((id) => `${form}.${id}`), draftOf(open, child, form)?.id]);
	return (open.family?.known.file ?? [])
		.filter((row) => drafts.has(row.v.draft) && (question === undefined || row.v.question === question))
		.sort((a, b) => (a.v.addedAt < b.v.addedAt ? -1 : 1));
}

/** For the arguments of a send, to be spread into them: nothing where there is no file. Sending them takes them out of the draft. */
export function filesToSend(open: OpenCase, child: Child, form: string): { files?: FileRef[] } {
	const files = filesFor(open, { child, form })
		.filter(({ v }) => !isUnfinished(v))
		.slice(0, FILES_EACH)
		.map(refOf);
	return files.length > 0 ? { files } : {};
}

export function refOf({ id, v }: FileHere): FileRef {
	const { draft: _draft, addedAt: _at, ...ref } = v;
	return { ...ref, id } as FileRef;
}

export async function newFile(
	open: OpenCase,
	{ child, form, question }: Place,
	file: Pick<NewFile, 'type' | 'seconds'>
): Promise<NewFile> {
	const { id: profile } = await open.parts.store.begin();
	const caseId = child.localCase ?? child.key;
	const draft = draftOf(open, child, form)?.id ?? `${form}.${caseId}`;
	return { scope: ownScope(caseId, profile), draft, ...file, ...(question !== undefined && { question }) };
}

/** Pieces become a file, and only then are let go of. A voice without a sound leaves nothing. */
export async function keepRecording(
	open: OpenCase,
	recording: Pick<Recording, 'id' | 'key' | 'scope'>,
	file: NewFile
): Promise<void> {
	const { files } = open.parts.store;
	const bytes = await files.recorded(recording);
	if (bytes.length > 0) await files.add(bytes, file);
	await files.remove(recording);
}

/** What a file is to a person: the drawing pad alone makes PNG. */
export type FileKind = 'photo' | 'voice' | 'drawing';
export const kindOf = (type: string): FileKind =>
	type.startsWith('audio/') ? 'voice' : type === 'image/png' ? 'drawing' : 'photo';

/** What went with words: of the item that sent them, or of the row it became. */
export function filesOfSent(open: OpenCase, id: string): FileRef[] {
	const item = open.outbox.find(({ args }) => (args as { id?: unknown } | null)?.id === id);
	const known = open.family?.known;
	const row = [...(known?.submission ?? []), ...(known?.message ?? [])].find((one) => one.id === id);
	const files = row?.v.files ?? (item?.args as { files?: unknown[] } | undefined)?.files;
	return (files ?? []) as FileRef[];
}

/** Where files are that were sent. Asking for the state follows the store, and a locked phone shows none. */
export const uploadsOf = (open: OpenCase): readonly Upload[] =>
	open.state === 'open' ? open.parts.store.files.uploads() : [];
