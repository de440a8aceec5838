import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { render } from 'vitest-browser-svelte';
import type { Component } from 'svelte';
import Log from '#features/log/Log.svelte';
import RecordForm from '#features/log/RecordForm.svelte';
import People from '#features/people/People.svelte';
import { callIsDone, pendingCall } from '#features/open-case/pending-call.svelte.ts';
import type { OpenCase } from '#features/open-case/open-case.svelte.ts';
import { isBegun, recordsOf } from '#features/open-case/records.ts';
import type { PhoneStore } from '#store/phone-store.ts';
import { faults } from './drawn.ts';
import InOpenCase from './InOpenCase.svelte';
import { emptyPhone, openCaseOn, putAway } from './phone.ts';

/** The family's own log on a phone with the real databases: kept as it is typed, never sent, never lost by the screen. */
const SHARED = 'case:11111111-1111-4111-8111-111111111111:shared';
const OFFICER = '22222222-2222-4222-8222-222222222222';
let store: PhoneStore;
let open: OpenCase;
/** A call would leave the page; what the screen makes of the tap is what counts here. */
const stay = (event: MouseEvent) =>
	(event.target as Element).closest('a[href^="tel:"]') && event.preventDefault();

beforeEach(async () => {
	sessionStorage.clear();
	callIsDone();
	store = await emptyPhone([
		...(['log', 'waiting', 'home', 'cards', 'titles', 'legal', 'events', 'roles'] as const),
		...(['people', 'timeline', 'messages'] as const)
	]);
	await store.pull.openAccount({ userId: crypto.randomUUID(), scopes: [SHARED] });
	const row = (t: string, id: string, v: object) => ({ op: 'put' as const, t, id, ver: 1, sv: 1, v });
	const officer = { role: 'case-officer', name: 'Dawn Harris', phone: '01632 960144' };
	const patch = [
		row('case', 'k', { child: { givenName: 'Robin', schoolName: 'Hill School' }, councilName: 'Thornwater' }),
		row('person', OFFICER, { ...officer, fallbackName: 'Duty line', fallbackPhone: '01632 960155' })
	];
	await store.pull.applyPage({ id: SHARED, from: null, to: 1, reset: true, patch }, true);
	await store.pull.pulled(new Date().toISOString());
	open = openCaseOn(store);
	open.words = open.named = true;
	await vi.waitUntil(() => open.child !== undefined);
	document.addEventListener('click', stay);
});
afterEach(async () => {
	document.removeEventListener('click', stay);
	vi.restoreAllMocks();
	await putAway(store);
});

const draw = (screen: unknown, props: object = {}) =>
	render(InOpenCase as never, { props: { open, screen: screen as Component, props } } as never);
const form = (props: object = {}) => draw(RecordForm, { child: open.child, ondone: () => {}, ...props });
const rows = () => recordsOf(open, open.child!);
const write = (id: string, v: object) =>
	store.put([
		{
			...{ scope: SHARED.replace('shared', `own:${store.profile()!.id}`), t: 'record', id },
			v: { kind: 'note', case: open.child!.key, on: open.today.value, text: '', ...v }
		}
	]);

describe('a line of the log', () => {
	it('is one row from its first kept words, begun until Save is pressed', async () => {
		const begun: string[] = [];
		const done: string[] = [];
		const screen = await form({
			...{ start: { kind: 'call' }, onbegun: (id: string) => begun.push(id) },
			ondone: (id: string) => done.push(id)
		});
		await screen.getByLabelText('What was said').fill('She said Friday');
		await expect.element(screen.getByText('Saved on this phone')).toBeVisible();
		await screen.getByLabelText('Who you spoke to').fill('Dawn Harris');
		await expect.poll(() => rows()[0]?.v.who).toBe('Dawn Harris');
		expect(rows()).toMatchObject([{ v: { kind: 'call', text: 'She said Friday', on: open.today.value } }]);
		expect(isBegun(rows()[0]!)).toBe(true);
		expect(await faults(document.body)).toEqual([]);
		await screen.getByRole('button', { name: 'Save' }).click();
		await expect.poll(() => done).toEqual([rows()[0]!.id]);
		expect(begun).toEqual(done);
		expect(rows()).toHaveLength(1);
		expect(isBegun(rows()[0]!)).toBe(false);
		expect(store.outbox.items()).toEqual([]);
	});

	it('that was emptied again leaves nothing behind', async () => {
		const screen = await form();
		const box = screen.getByLabelText('Your note');
		await box.fill('A');
		await expect.poll(() => rows().length).toBe(1);
		await box.fill('');
		await expect.poll(() => rows().length).toBe(0);
	});

	it('keeps its words while its day is no day, and says plainly why it is not saved', async () => {
		const done = vi.fn();
		const screen = await form({ start: { kind: 'out-of-school' }, ondone: done });
		const last = screen.getByRole('group', { name: 'The last day' });
		const next = String(Number(open.today.value.slice(0, 4)) + 1);
		for (const [part, value] of [
			['Day', '1'],
			['Month', '12'],
			['Year', next]
		] as const)
			await last.getByLabelText(part, { exact: true }).fill(value);
		await screen.getByLabelText('Why, and what the school said').fill('No staff');
		await screen.getByRole('button', { name: 'Save' }).click();
		await expect
			.element(screen.getByText('That date has not happened yet. Check the year.').first())
			.toBeVisible();
		expect(done).not.toHaveBeenCalled();
		await expect.poll(() => rows()[0]?.v.text).toBe('No staff');
		expect(rows()[0]!.v.until).toBeUndefined();
		await last.getByLabelText('Year', { exact: true }).fill('2020');
		await expect
			.element(screen.getByText('The last day is before the first day.', { exact: false }).first())
			.toBeVisible();
		expect(await faults(document.body)).toEqual([]);
	});

	it('that cannot be kept says so, and keeps the words on the screen', async () => {
		const screen = await form();
		vi.spyOn(store, 'put').mockRejectedValue(Object.assign(new Error(), { name: 'StorageFull' }));
		await screen.getByLabelText('Your note').fill('Hello');
		await expect.element(screen.getByText('This is not saved.', { exact: false })).toBeVisible();
		await screen.getByRole('button', { name: 'Save' }).click();
		await expect
			.element(screen.getByText('This phone is full. Make some room, then try again.'))
			.toBeVisible();
		await expect.element(screen.getByLabelText('Your note')).toHaveValue('Hello');
	});

	it('that was changed by a slip is put back as it was', async () => {
		await write('r1', { text: 'What she said', writtenAt: '2026-11-01T10:00:00Z' });
		const screen = await form({ row: rows()[0] });
		await screen.getByLabelText('Your note').fill('x');
		await expect.poll(() => rows()[0]!.v.text).toBe('x');
		await screen.getByRole('button', { name: 'Put it back as it was' }).click();
		await expect.poll(() => rows()[0]!.v.text).toBe('What she said');
		expect(rows()[0]!.v.writtenAt).toBe('2026-11-01T10:00:00Z');
	});
});

describe('the list', () => {
	it('is empty at first, and says that it stays here', async () => {
		const screen = await draw(Log);
		await expect.element(screen.getByText('Nothing written down yet')).toBeVisible();
		await expect.element(screen.getByText('Only on this phone. The council cannot see this.')).toBeVisible();
		expect(await faults(document.body)).toEqual([]);
	});

	it('asks before it deletes, and a phone that cannot delete says so', async () => {
		await write('r1', { text: 'Keep me' });
		await write('r2', { kind: 'out-of-school', text: 'No staff' });
		const screen = await draw(Log);
		const remove = screen.getByRole('button', { name: /^Delete.*Note/ });
		await remove.click();
		await screen.getByRole('button', { name: 'Keep it' }).click();
		expect(rows()).toHaveLength(2);
		vi.spyOn(store, 'remove').mockRejectedValueOnce(new Error('blocked'));
		await remove.click();
		const sure = screen.getByRole('dialog').getByRole('button', { name: 'Delete' });
		await sure.click();
		await expect.element(screen.getByRole('alert')).toBeVisible();
		expect(rows()).toHaveLength(2);
		await remove.click();
		await sure.click();
		await expect.poll(() => rows().map((row) => row.id)).toEqual(['r2']);
		expect(await faults(document.body)).toEqual([]);
	});

	it('shows typed words as text, in their own direction, and whole', async () => {
		await write('r1', { text: 'اس نے کہا <b>جمعہ</b>\nfriday', who: '<i>x</i>', kind: 'call' });
		const screen = await draw(Log);
		await expect.element(screen.getByText('<b>جمعہ</b>', { exact: false }).first()).toBeVisible();
		expect(document.querySelector('main b b, main i:not(.weeks i)')).toBeNull();
	});
});

describe('after Call was tapped', () => {
	it('a card asks, the browser has kept an id and no name, and one tap says nobody answered', async () => {
		const screen = await draw(People);
		await screen.getByRole('link', { name: 'Call Dawn Harris' }).first().click();
		await expect.element(screen.getByRole('heading', { name: 'You rang Dawn Harris' })).toBeVisible();
		const kept = JSON.stringify({ ...sessionStorage });
		expect(kept).toContain(OFFICER);
		expect(kept).not.toMatch(/Dawn|960144/);
		const link = screen.getByRole('link', { name: 'Write it down' });
		await expect.element(link).toHaveAttribute('href', `/app/log/add?kind=call&with=${OFFICER}`);
		expect(await faults(document.body)).toEqual([]);
		await screen.getByRole('button', { name: 'They did not answer' }).click();
		await expect.poll(() => rows().length).toBe(1);
		expect(rows()[0]!.v).toMatchObject({
			...{ kind: 'call', who: 'Dawn Harris', phone: '01632 960144' },
			...{ text: 'They did not answer.', on: open.today.value }
		});
		expect(isBegun(rows()[0]!)).toBe(false);
		await expect.element(screen.getByRole('heading', { name: /^You rang/ })).not.toBeInTheDocument();
		expect(JSON.stringify({ ...sessionStorage })).not.toContain(OFFICER);
	});

	it('whoever stands in is who was rung; a phone that is full keeps the card', async () => {
		const screen = await draw(People);
		await screen.getByRole('link', { name: /^Duty line/ }).click();
		await expect.element(screen.getByRole('heading', { name: 'You rang Duty line' })).toBeVisible();
		const full = vi.spyOn(store, 'put').mockRejectedValue(new Error('full'));
		await screen.getByRole('button', { name: 'They did not answer' }).click();
		await expect.element(screen.getByRole('alert')).toHaveTextContent('We could not save this.');
		full.mockRestore();
		await screen.getByRole('button', { name: 'They did not answer' }).click();
		await expect.poll(() => rows()[0]?.v.phone).toBe('01632 960155');
	});

	it('"Not now" takes it away, and another child’s officer is never named', async () => {
		const screen = await draw(People);
		await screen.getByRole('link', { name: 'Call Dawn Harris' }).first().click();
		await screen.getByRole('button', { name: 'Not now' }).click();
		await expect.element(screen.getByRole('heading', { name: /^You rang/ })).not.toBeInTheDocument();
		expect(pendingCall(open.today.value)).toBeUndefined();
		expect(rows()).toEqual([]);
	});
});

it('what the council holds stands on the People screen with a way to say that it looks wrong', async () => {
	const screen = await draw(People);
	await expect.element(screen.getByText('Hill School')).toBeVisible();
	const links = screen.getByRole('link', { name: /^This looks wrong/ });
	const hrefs = links.elements().map((link) => link.getAttribute('href'));
	expect(hrefs).toEqual([
		`/app/messages/write?start=wrong&about=${OFFICER}`,
		'/app/messages/write?start=wrong&about=k'
	]);
});
