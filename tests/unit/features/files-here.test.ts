// First: Dexie's live queries stay silent where there was no IndexedDB when Dexie was loaded.
import 'fake-indexeddb/auto';
import { afterEach, expect, it, vi } from 'vitest';
import { FILES_EACH } from '#contract/blobs.ts';
import { filesFor, filesToSend, keepRecording, newFile } from '#features/open-case/files.ts';
import type { Child } from '#features/open-case/children.ts';
import type { OpenCase } from '#features/open-case/open-case.svelte.ts';
import { knownRows } from '#features/open-case/rows.ts';
import { giveBack } from '#features/waiting/give-back.ts';
import { until } from '../store/phone.ts';
import { phone } from '../store/phone.ts';
import { connected, SENT } from '../store/outbox-phone.ts';

vi.setConfig({ testTimeout: 30_000 });
const phones: ReturnType<typeof phone>[] = [];
afterEach(() => phones.splice(0).forEach((one) => one.close()));

const CASE = '11111111-1111-4111-8111-111111111111';
const child = { key: CASE, councilCase: CASE } as Child;
async function opened() {
	const one = phone();
	phones.push(one);
	const { store } = await connected(one);
	const open = {
		parts: { store },
		today: { now: () => new Date('2026-11-25T09:00:00Z') },
		get family() {
			return { known: knownRows(store.rows()) };
		}
	} as unknown as OpenCase;
	return { store, open };
}
const say = (text: string) => new TextEncoder().encode(text);

it('files stand beside the question they were added to, and go together with the words of the form', async () => {
	const { store, open } = await opened();
	for (const question of ['a', 'b', 'a'])
		await store.files.add(
			say(question),
			await newFile(open, { child, form: 'parent', question }, { type: 'image/jpeg' })
		);
	expect(filesFor(open, { child, form: 'parent', question: 'a' })).toHaveLength(2);
	expect(filesFor(open, { child, form: 'parent' })).toHaveLength(3);
	expect(filesFor(open, { child, form: 'message' })).toEqual([]);
	expect(filesToSend(open, child, 'message')).toEqual({});
	const { files } = filesToSend(open, child, 'parent');
	expect(files!.map(({ question }) => question).sort()).toEqual(['a', 'a', 'b']);
	expect(Object.keys(files![0]!).sort()).toEqual(['bytes', 'id', 'key', 'question', 'sha256', 'type']);
});

it('a voice that was cut off is not sent, until somebody keeps it', async () => {
	const { store, open } = await opened();
	const place = await newFile(open, { child, form: 'message' }, { type: 'audio/webm' });
	const recording = await store.files.record(place);
	await store.files.piece(recording, say('hel'));
	await store.files.piece(recording, say('lo'));
	expect(filesToSend(open, child, 'message')).toEqual({});
	await keepRecording(open, recording, { ...place, seconds: 4 });
	const { files } = filesToSend(open, child, 'message');
	expect(files).toMatchObject([{ type: 'audio/webm', bytes: 5, seconds: 4 }]);
	expect(new TextDecoder().decode(await store.files.read(files![0]!))).toBe('hello');
	expect(filesFor(open, { child, form: 'message' })).toHaveLength(1);
});

it('no more go with one send than may', async () => {
	const { store, open } = await opened();
	const place = await newFile(open, { child, form: 'message' }, { type: 'image/png' });
	for (let n = 0; n <= FILES_EACH; n++) await store.files.add(say(String(n)), place);
	expect(filesToSend(open, child, 'message').files).toHaveLength(FILES_EACH);
});

it('words that are taken back bring their files back, and where it was too late nothing is left twice', async () => {
	const { store, open } = await opened();
	const place = await newFile(open, { child, form: 'message' }, { type: 'image/png' });
	const file = await store.files.add(say('picture'), place);
	const args = { id: crypto.randomUUID(), text: 'hello', ...filesToSend(open, child, 'message') };
	const item = await store.outbox.add({ scope: SENT, name: 'message.send', args });
	await until(store, () => filesFor(open, { child, form: 'message' }).length === 0);

	const late = await giveBack(open, child, item);
	expect(filesFor(open, { child, form: 'message' })).toMatchObject([{ id: file.id }]);
	await late!.undo();
	expect(filesFor(open, { child, form: 'message' })).toEqual([]);
	expect(new TextDecoder().decode(await store.files.read(file))).toBe('picture');

	await giveBack(open, child, item);
	expect(await store.outbox.cancel(item.mid)).toBe(true);
	expect(filesToSend(open, child, 'message').files).toEqual([file]);
	expect(new TextDecoder().decode(await store.files.read(file))).toBe('picture');
});
