import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { userEvent } from 'vitest/browser';
import { render } from 'vitest-browser-svelte';
import type { Component } from 'svelte';
import type { OpenCase } from '#features/open-case/open-case.svelte.ts';
import WriteBox from '#features/messages/WriteBox.svelte';
import AnswerForm from '#features/views/AnswerForm.svelte';
import { formHere } from '#features/views/views-here.ts';
import TrayItem from '#features/waiting/TrayItem.svelte';
import WaitingItem from '#features/waiting/WaitingItem.svelte';
import type { OutboxItem } from '#store/outbox.ts';
import type { PhoneStore } from '#store/phone-store.ts';
import { faults } from './drawn.ts';
import InOpenCase from './InOpenCase.svelte';
import { emptyPhone, openCaseOn, putAway } from './phone.ts';

/** Words on their way to the council, on a phone with the real databases: kept, sent, taken back, and never lost by the screen. */
const CASE = '11111111-1111-4111-8111-111111111111';
const SHARED = `case:${CASE}:shared`;
let store: PhoneStore;
let open: OpenCase;

beforeEach(async () => {
	store = await emptyPhone([
		'messages',
		'views',
		'waiting',
		'home',
		'legal',
		'events',
		'titles',
		'cards',
		'roles'
	]);
	await store.pull.openAccount({ userId: crypto.randomUUID(), scopes: [SHARED] });
	const patch = [
		{
			...{ op: 'put' as const, t: 'case', id: 'k', ver: 1, sv: 1 },
			v: { child: { givenName: 'Robin' }, councilName: 'Thornwater' }
		}
	];
	await store.pull.applyPage({ id: SHARED, from: null, to: 1, reset: true, patch }, true);
	await store.pull.pulled('2026-11-25T09:00:00Z');
	open = openCaseOn(store);
	open.words = true;
	await vi.waitUntil(() => open.child !== undefined);
});
afterEach(async () => {
	vi.restoreAllMocks();
	await putAway(store);
});

const draw = (screen: unknown, props: object = {}) =>
	render(InOpenCase as never, { props: { open, screen: screen as Component, props } } as never);
const items = () => store.outbox.items().filter((item) => item.args !== null);
const draft = (form: string) => open.family?.known.draft.find((row) => row.v.form === form)?.v;

describe('a message', () => {
	it('is kept while it is typed, and says so only once it is', async () => {
		const screen = await draw(WriteBox, { child: open.child });
		const box = screen.getByLabelText('Your message');
		await box.fill('When will the advice come');
		await expect.element(screen.getByText('Saved on this phone')).toBeVisible();
		expect(draft('message')?.answers['text']).toBe('When will the advice come');
		await box.fill('');
		await expect.poll(() => draft('message')).toBeUndefined();
		expect(await faults(document.body)).toEqual([]);
	});

	it('that cannot be kept says so, and keeps the words on the screen', async () => {
		vi.spyOn(store, 'put').mockRejectedValue(new Error('full'));
		const screen = await draw(WriteBox, { child: open.child });
		await screen.getByLabelText('Your message').fill('Hello');
		await expect.element(screen.getByText('This is not saved.', { exact: false })).toBeVisible();
		await expect.element(screen.getByText('Saved on this phone')).not.toBeInTheDocument();
		await expect.element(screen.getByLabelText('Your message')).toHaveValue('Hello');
	});

	it('without words is not sent, and the focus goes to what to change', async () => {
		const screen = await draw(WriteBox, { child: open.child });
		await screen.getByRole('button', { name: 'Send it' }).click();
		await expect.element(screen.getByRole('alert')).toHaveFocus();
		expect(items()).toEqual([]);
	});

	it('keeps a person’s own words when a start is chosen', async () => {
		const screen = await draw(WriteBox, { child: open.child });
		const box = screen.getByLabelText('Your message');
		await box.fill('Mine.');
		await screen.getByRole('button', { name: 'What happens next?' }).click();
		await expect.element(box).toHaveValue(expect.stringMatching(/^Mine\.\n\nI am writing about Robin\./));
		await expect.element(box).toHaveFocus();
	});

	it('whose draft stayed behind after a kill is not sent twice', async () => {
		await store.outbox.add({
			scope: `case:${CASE}:sent:${store.profile()!.userId!}`,
			name: 'message.send',
			args: { id: crypto.randomUUID(), text: 'Hello', lang: 'en' }
		});
		const screen = await draw(WriteBox, { child: open.child });
		await screen.getByLabelText('Your message').fill('Hello');
		await expect.element(screen.getByText('These words are on their way.', { exact: false })).toBeVisible();
		await expect.element(screen.getByRole('button', { name: 'Send it' })).not.toBeInTheDocument();
	});
});

describe('an answer', () => {
	it('is kept by its question, a skip is remembered, and words undo a skip', async () => {
		const go = vi.fn();
		const here = () => formHere(open, open.child!, 'assessment')!;
		const first = await draw(AnswerForm, { here: here(), child: open.child, at: 0, name: 'Robin', go });
		await first.getByRole('button', { name: 'Skip this one' }).click();
		await expect.poll(() => go.mock.calls.at(-1)).toEqual(['/app/views/assessment/going-well']);
		expect(draft('assessment')?.skipped).toEqual(['about']);
		await first.getByLabelText('Your words').fill('Trains.');
		await first.getByRole('button', { name: 'Next question' }).click();
		await expect.poll(() => draft('assessment')?.answers).toEqual({ about: 'Trains.' });
		expect(draft('assessment')?.skipped).toEqual([]);
		expect(await faults(document.body)).toEqual([]);
	});
});

describe('what waits', () => {
	const add = async (text: string): Promise<OutboxItem> =>
		store.outbox.add({
			scope: `case:${CASE}:sent:${store.profile()!.userId!}`,
			name: 'message.send',
			args: { id: crypto.randomUUID(), text, lang: 'en' }
		});

	it('is taken back after a question, and its words stand where they were written', async () => {
		const item = await add('Never mind.');
		const screen = await draw(WaitingItem, { item });
		await expect.element(screen.getByText('Waiting to send')).toBeVisible();
		await screen.getByRole('button', { name: /^Do not send/ }).click();
		await screen.getByRole('dialog').getByRole('button', { name: 'Let it wait' }).click();
		expect(items()).toHaveLength(1);
		await screen.getByRole('button', { name: /^Do not send/ }).click();
		await screen.getByRole('dialog').getByRole('button', { name: 'Do not send it' }).click();
		await expect.poll(() => items().filter(({ state }) => state === 'waiting')).toEqual([]);
		expect(draft('message')?.answers['text']).toBe('Never mind.');
	});

	it('cannot be taken back once a request has carried it; its words can be copied', async () => {
		const item = { ...(await add('Gone.')), offered: true };
		const screen = await draw(WaitingItem, { item });
		await expect.element(screen.getByRole('button', { name: /^Do not send/ })).not.toBeInTheDocument();
		await expect.element(screen.getByRole('button', { name: /^Copy the words/ })).toBeVisible();
	});

	it('a cancel that comes too late leaves no draft behind, and says so', async () => {
		const item = await add('Late.');
		vi.spyOn(store.outbox, 'cancel').mockResolvedValue(false);
		const screen = await draw(WaitingItem, { item });
		await screen.getByRole('button', { name: /^Do not send/ }).click();
		await screen.getByRole('dialog').getByRole('button', { name: 'Do not send it' }).click();
		await expect
			.element(screen.getByRole('alert'))
			.toHaveTextContent('It has gone, so it cannot be stopped. You can send another message.');
		expect(draft('message')).toBeUndefined();
	});

	it('that came back says why, gives its words back, and goes only after a question', async () => {
		const item: OutboxItem = { ...(await add('Again.')), state: 'tray', code: 'bad_args' };
		const discard = vi.spyOn(store.outbox, 'discard').mockResolvedValue();
		const screen = await draw(TrayItem, { item });
		await expect.element(screen.getByText('could not read it', { exact: false })).toBeVisible();
		await screen.getByRole('button', { name: 'Take it off this list' }).click();
		const asked = screen.getByRole('dialog');
		await asked.getByRole('button', { name: 'Keep it here' }).click();
		expect(discard).not.toHaveBeenCalled();
		await screen.getByRole('button', { name: 'Take it off this list' }).click();
		await userEvent.keyboard('{Escape}');
		expect(discard).not.toHaveBeenCalled();
		await screen.getByRole('button', { name: 'Take it off this list' }).click();
		await asked.getByRole('button', { name: 'Take it off this list' }).click();
		expect(discard).toHaveBeenCalledWith(item.mid);
		expect(await faults(document.body)).toEqual([]);
	});
});
