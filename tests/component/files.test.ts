import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { render } from 'vitest-browser-svelte';
import type { Component } from 'svelte';
import FilesHere from '#features/open-case/FilesHere.svelte';
import { filesFor, filesToSend } from '#features/open-case/files.ts';
import type { OpenCase } from '#features/open-case/open-case.svelte.ts';
import FilesWay from '#features/waiting/FilesWay.svelte';
import { StorageFull } from '#store/errors.ts';
import type { PhoneStore } from '#store/phone-store.ts';
import { dress, faults } from './drawn.ts';
import InOpenCase from './InOpenCase.svelte';
import { emptyPhone, openCaseOn, putAway } from './phone.ts';

/** Photos, voices and drawings beside words, on a phone with the real databases, a real canvas and a microphone that beeps. */
const CASE = '11111111-1111-4111-8111-111111111111';
const SHARED = `case:${CASE}:shared`;
let store: PhoneStore;
let open: OpenCase;

beforeEach(async () => {
	store = await emptyPhone(['files', 'waiting', 'cards']);
	await store.pull.openAccount({ userId: crypto.randomUUID(), scopes: [SHARED] });
	const row = { op: 'put' as const, t: 'case', id: 'k', ver: 1, sv: 1 };
	const patch = [{ ...row, v: { child: { givenName: 'Robin' }, councilName: 'Thornwater' } }];
	await store.pull.applyPage({ id: SHARED, from: null, to: 1, reset: true, patch }, true);
	await store.pull.pulled('2026-11-25T09:00:00Z');
	open = openCaseOn(store);
	await vi.waitUntil(() => open.child !== undefined);
});
afterEach(async () => {
	vi.restoreAllMocks();
	await putAway(store);
});

const draw = (screen: unknown, props: object) =>
	render(InOpenCase as never, { props: { open, screen: screen as Component, props } } as never);
/** Opened by a tap where nothing is yet. */
async function here() {
	const screen = await draw(FilesHere, { child: open.child, form: 'message' });
	const add = screen.getByRole('button', { name: 'Add a photo or your voice' });
	if (files().length === 0) await add.click();
	return screen;
}
const files = () => filesFor(open, { child: open.child!, form: 'message' });
async function photo(): Promise<File> {
	const paper = Object.assign(document.createElement('canvas'), { width: 400, height: 300 });
	paper.getContext('2d')!.fillRect(10, 10, 100, 100);
	const blob = await new Promise<Blob | null>((resolve) => paper.toBlob(resolve, 'image/jpeg'));
	return new File([blob!], 'IMG_0001.JPG', { type: 'image/jpeg' });
}
const picker = () => document.querySelector<HTMLInputElement>('input[type="file"]')!;
async function pick(...picked: File[]) {
	await vi.waitUntil(() => picker());
	const bag = new DataTransfer();
	picked.forEach((one) => bag.items.add(one));
	picker().files = bag.files;
	picker().dispatchEvent(new Event('change', { bubbles: true }));
}

describe('files beside words', () => {
	it('are told of before: how many, how large, and that they stay here until Send', async () => {
		const screen = await here();
		await expect.element(screen.getByText(/Up to 10 files\. Each up to 10 MB/)).toBeVisible();
		await expect.element(screen.getByText(/when you press Send, and not before/)).toBeVisible();
		expect(await faults(document.body)).toEqual([]);
	});

	it('a photo is added, looked at, and taken away', async () => {
		const screen = await here();
		await pick(await photo());
		await expect.element(screen.getByText('Photo 1', { exact: true })).toBeVisible();
		expect(files()).toMatchObject([{ v: { type: 'image/jpeg', draft: `message.${CASE}` } }]);
		await userEvent.click(screen.getByRole('button', { name: /^Look.*Photo 1$/ }));
		await expect.element(screen.getByRole('img', { name: 'Photo 1' })).toBeVisible();
		const image = document.querySelector<HTMLImageElement>('img')!;
		await image.decode();
		expect(image.naturalWidth).toBe(400);
		expect(await faults(document.body)).toEqual([]);
		await userEvent.click(screen.getByRole('button', { name: /^Take away.*Photo 1$/ }));
		await userEvent.click(screen.getByRole('button', { name: 'Take away', exact: true }));
		await vi.waitUntil(() => files().length === 0);
		await expect.element(screen.getByText('Photo 1', { exact: true })).not.toBeInTheDocument();
	});

	it('one that does not open here, or has no room, is said in plain words, and nothing is kept', async () => {
		const screen = await here();
		await pick(new File(['no picture'], 'x.heic', { type: 'image/heic' }));
		await expect.element(screen.getByText(/This browser cannot open that picture/)).toBeVisible();
		vi.spyOn(store.files, 'add').mockRejectedValue(new StorageFull());
		await pick(await photo());
		await expect.element(screen.getByText(/Your phone is nearly full\. Your words are safe\./)).toBeVisible();
		expect(files()).toEqual([]);
	});

	it('a drawing is made with a finger, undone, and kept as a picture', async () => {
		const screen = await here();
		await userEvent.click(screen.getByRole('button', { name: 'Draw a picture' }));
		await vi.waitUntil(() => document.querySelector('canvas'));
		const keep = screen.getByRole('button', { name: 'Keep the drawing' });
		await expect.element(keep).toBeDisabled();
		const canvas = document.querySelector('canvas')!;
		const box = canvas.getBoundingClientRect();
		canvas.setPointerCapture = () => undefined;
		const at = (type: string, x: number, y: number) =>
			canvas.dispatchEvent(
				new PointerEvent(type, {
					...{ pointerId: 1, bubbles: true },
					...{ clientX: box.left + x * box.width, clientY: box.top + y * box.height }
				})
			);
		for (const y of [0.25, 0.75]) {
			at('pointerdown', 0.1, y);
			at('pointermove', 0.9, y);
			at('pointerup', 0.9, y);
		}
		const ink = (y: number) => canvas.getContext('2d')!.getImageData(500, y * 750, 1, 1).data[0]! < 100;
		await vi.waitUntil(() => ink(0.75));
		await userEvent.click(screen.getByRole('button', { name: 'Undo' }));
		await vi.waitUntil(() => !ink(0.75));
		expect(ink(0.25)).toBe(true);
		expect(await faults(document.body)).toEqual([]);
		await userEvent.click(keep);
		await expect.element(screen.getByText('Drawing 1', { exact: true })).toBeVisible();
		const [ref] = filesToSend(open, open.child!, 'message').files!;
		const bytes = await store.files.read(ref!);
		expect([...bytes.slice(1, 4)]).toEqual([...new TextEncoder().encode('PNG')]);
	});

	it('a voice is recorded, paused and kept with its length', { timeout: 60_000 }, async () => {
		const screen = await here();
		await userEvent.click(screen.getByRole('button', { name: 'Record your voice' }));
		await expect.element(screen.getByText('Recording', { exact: true })).toBeVisible();
		await expect.element(screen.getByText(/Nobody hears it until you send it/)).toBeVisible();
		expect(await faults(document.body)).toEqual([]);
		await vi.waitUntil(() => files().length === 1, { timeout: 20_000 });
		await userEvent.click(screen.getByRole('button', { name: 'Pause' }));
		await expect.element(screen.getByText('Paused', { exact: true })).toBeVisible();
		expect(filesToSend(open, open.child!, 'message')).toEqual({});
		await userEvent.click(screen.getByRole('button', { name: 'Stop and keep it' }));
		await expect.element(screen.getByText('Voice 1', { exact: true })).toBeVisible();
		await vi.waitUntil(() => filesToSend(open, open.child!, 'message').files?.length === 1);
		const [ref] = filesToSend(open, open.child!, 'message').files!;
		expect(ref!.seconds).toBeGreaterThanOrEqual(2);
		expect(files()).toHaveLength(1);
		await userEvent.click(screen.getByRole('button', { name: /^Play.*Voice 1$/ }));
		const audio = document.querySelector('audio')!;
		await vi.waitUntil(() => audio.readyState >= 1);
	});

	it('a voice that was left in the middle is there, and can be kept', { timeout: 60_000 }, async () => {
		const first = await here();
		await userEvent.click(first.getByRole('button', { name: 'Record your voice' }));
		await vi.waitUntil(() => files().length === 1, { timeout: 20_000 });
		await first.unmount();
		const screen = await here();
		await expect.element(screen.getByText(/A recording was cut off/)).toBeVisible();
		await userEvent.click(screen.getByRole('button', { name: /^Keep it.*Voice 1$/ }));
		await vi.waitUntil(() => filesToSend(open, open.child!, 'message').files?.length === 1);
		await expect.element(screen.getByText(/A recording was cut off/)).not.toBeInTheDocument();
	});

	it('a microphone that is refused is said in plain words, with another way', async () => {
		vi.spyOn(navigator.mediaDevices, 'getUserMedia').mockRejectedValue(
			new DOMException('no', 'NotAllowedError')
		);
		const screen = await here();
		await userEvent.click(screen.getByRole('button', { name: 'Record your voice' }));
		await expect.element(screen.getByText(/The microphone is off for this app\./)).toBeVisible();
		await userEvent.click(screen.getByRole('button', { name: 'Close' }));
		await expect.element(screen.getByRole('button', { name: 'Add a photo' })).toBeVisible();
	});

	it.each([
		['right to left', { dir: 'rtl' }],
		['with large letters', { text: 'xxl' }],
		['in the dark', { theme: 'dark' }]
	])('fit a phone of 320 px, %s', async (_, marks) => {
		await page.viewport(320, 700);
		dress(marks);
		const screen = await here();
		await pick(await photo());
		await expect.element(screen.getByText('Photo 1', { exact: true })).toBeVisible();
		await userEvent.click(screen.getByRole('button', { name: 'Draw a picture' }));
		await vi.waitUntil(() => document.querySelector('canvas'));
		expect(document.documentElement.scrollWidth).toBeLessThanOrEqual(320);
		expect(await faults(document.body)).toEqual([]);
	});
});

it('a sent item says how far its files are', async () => {
	const screen0 = await here();
	await pick(await photo(), await photo());
	await expect.element(screen0.getByText('Photo 2', { exact: true })).toBeVisible();
	await screen0.unmount();
	const scope = `case:${CASE}:sent:${store.profile()!.userId}`;
	const args = { id: crypto.randomUUID(), text: 'hello', ...filesToSend(open, open.child!, 'message') };
	const item = await store.outbox.add({ scope, name: 'message.send', args });
	await vi.waitUntil(() => files().length === 0);
	const screen = await draw(FilesWay, { item });
	await expect.element(screen.getByText('2 photos: will follow the words.')).toBeVisible();
	await screen.unmount();
	await store.push.offer(1, 400_000);
	await store.push.acknowledge([{ mid: item.mid, seq: item.seq, status: 'done' }], '2026-11-25T10:00:00Z');
	const received = store.outbox.items()[0]!;
	const later = await draw(FilesWay, { item: received });
	const [a, b] = args.files!;
	await store.filePush.told(a!.id, { state: 'done', have: '1' });
	await expect.element(later.getByText('2 photos: 50 % sent.')).toBeVisible();
	await store.filePush.told(b!.id, { state: 'refused', have: '1', code: 'scan' });
	await expect.element(later.getByText('1 photo: the council has it.')).toBeVisible();
	await expect.element(later.getByText(/Photo 2 could not be kept/)).toBeVisible();
});
