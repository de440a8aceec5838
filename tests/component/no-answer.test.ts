import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { page } from 'vitest/browser';
import { render } from 'vitest-browser-svelte';
import type { Component } from 'svelte';
import Messages from '#features/messages/Messages.svelte';
import StateNotes from '#features/open-case/StateNotes.svelte';
import { watchLoss } from '#features/open-case/loss.ts';
import type { OpenCase } from '#features/open-case/open-case.svelte.ts';
import { loadWords, useLanguage } from '#i18n/words.svelte.ts';
import type { PhoneStore } from '#store/phone-store.ts';
import { dress, faults } from './drawn.ts';
import InOpenCase from './InOpenCase.svelte';
import { emptyPhone, openCaseOn, putAway } from './phone.ts';

/** What a family reads when an answer stays away, and when their phone lost what was on it; on a phone with the real databases. */
const CASE = '11111111-1111-4111-8111-111111111111';
const COUNCIL = 'X99000001';
const SHARED = `case:${CASE}:shared`;
const PEOPLE = `ref:${COUNCIL}:people`;
const ACCOUNT = '33333333-3333-4333-8333-333333333333';
const SENT = `case:${CASE}:sent:${ACCOUNT}`;
let store: PhoneStore;
let open: OpenCase;

beforeEach(async () => {
	store = await emptyPhone(['messages', 'waiting', 'home', 'legal', 'events', 'titles', 'cards', 'roles']);
});
afterEach(async () => {
	useLanguage('en');
	dress({});
	await putAway(store);
});

const put = (t: string, id: string, v: object) => ({ op: 'put' as const, t, id, ver: 1, sv: 1, v });
const fill = (id: string, patch: ReturnType<typeof put>[]) =>
	store.pull.applyPage({ id, from: null, to: 1, reset: true, patch }, true);
/** A message of long ago, without an answer. `promises`: what the council says. */
async function waiting(promises: object, lines: ReturnType<typeof put>[] = []): Promise<void> {
	await store.pull.openAccount({ userId: ACCOUNT, scopes: [SHARED, SENT, PEOPLE] });
	await fill(SHARED, [
		put('case', CASE, { child: { givenName: 'Robin' }, council: COUNCIL, councilName: 'Thornwater' })
	]);
	await fill(SENT, [
		put('message', crypto.randomUUID(), {
			by: 'family',
			text: 'Who has the report?',
			at: '2026-09-01T10:00:00.000Z',
			receipt: 'R-7K4M-R9TX',
			sha256: 'a'.repeat(64)
		})
	]);
	await fill(PEOPLE, [put('council', COUNCIL, { name: 'Thornwater', promises }), ...lines]);
	await store.pull.pulled('2026-11-25T09:00:00Z');
	open = openCaseOn(store);
	open.words = true;
	await vi.waitUntil(() => open.child !== undefined);
}
const draw = (screen: unknown) =>
	render(InOpenCase as never, { props: { open, screen: screen as Component } } as never);
const LINES = [
	put('line', 'duty', { role: 'duty', name: 'Plans duty desk', phone: '01632 960100' }),
	put('line', 'complaints', { role: 'complaints', name: 'Complaints team', email: 'c@thornwater.example' }),
	put('line', 'helper', { role: 'helper', name: 'SENDIASS', phone: '01632 960160', independent: true }),
	put('line', 'mediation', { role: 'mediation', name: 'Mediation', phone: '01632 960150', independent: true })
];

describe('no answer yet', () => {
	it('says whose promise it was, and what can be done, nearest first', async () => {
		await waiting({ 'MESSAGE-REPLY': { days: 10, source: 'Our charter', on: '2026-01-01' } }, LINES);
		const screen = await draw(Messages);
		await expect.element(screen.getByRole('heading', { name: 'No answer yet' })).toBeVisible();
		await expect
			.element(screen.getByText('It says it answers within 10 working days. That time is over.'))
			.toBeVisible();
		await expect.element(screen.getByText('Our charter')).toBeVisible();
		expect(document.body.innerText).not.toContain('our own choice');
		const said = document.body.innerText;
		const order = ['Write again', 'Plans duty desk', 'ask for the manager', 'Complaints team', 'SENDIASS'];
		expect(order.map((words) => said.indexOf(words))).toEqual(
			order.map((words) => said.indexOf(words)).toSorted((a, b) => a - b)
		);
		expect(order.every((words) => said.includes(words))).toBe(true);
		// Before most appeals one talks to them; for a letter without an answer they are nobody's next step.
		expect(said).not.toContain('Mediation');
		expect(document.querySelector('a[href="tel:01632960100"]')).not.toBeNull();
		expect(document.querySelector('a[href="mailto:c@thornwater.example"]')).not.toBeNull();
		expect(document.querySelector('a[href^="/app/messages/write?start=chase&about="]')).not.toBeNull();
		expect(await faults(document.body)).toEqual([]);
	});

	it('where nothing was promised says that the days are our own choice; without any line it still helps', async () => {
		await waiting({});
		const screen = await draw(Messages);
		await expect
			.element(screen.getByText('We show this after 20 working days. That is our own choice.'))
			.toBeVisible();
		await expect.element(screen.getByText('See who to ring')).toBeVisible();
		await expect.element(screen.getByText('More about getting help')).toBeVisible();
		// Tall, so that the bar below hides nothing of what is looked at.
		await page.viewport(360, 2400);
		expect(await faults(document.body)).toEqual([]);
	});

	it('is not there while the promise still runs, and then says how long it takes', async () => {
		await waiting({ 'MESSAGE-REPLY': { days: 400, source: 'Our charter', on: '2026-01-01' } });
		const screen = await draw(Messages);
		await expect.element(screen.getByText('within 400 working days', { exact: false })).toBeVisible();
		await expect.element(screen.getByText('No answer yet')).not.toBeInTheDocument();
	});

	it('fits a narrow phone with very large letters, from the right as well', async () => {
		await waiting({}, LINES);
		await loadWords(['messages', 'waiting', 'shell'], 'ur');
		await page.viewport(320, 800);
		dress({ text: 'xxl', dir: 'rtl' });
		useLanguage('ur');
		const screen = await draw(Messages);
		await expect.element(screen.getByText('ابھی تک جواب نہیں آیا')).toBeVisible();
		const wide = [...document.body.querySelectorAll('*')]
			.filter((one) => one.getBoundingClientRect().left < -1 || one.getBoundingClientRect().right > 321)
			.map((one) => `${one.tagName}.${one.className}: ${one.textContent?.trim().slice(0, 40)}`);
		expect(wide).toEqual([]);
	});
});

describe('a phone that lost what was kept on it', () => {
	it('says what is safe and what is gone, offers a copy, and goes on once it was read', async () => {
		const { id } = await store.begin();
		localStorage.setItem('alongside:in-use', JSON.stringify([id, crypto.randomUUID()]));
		open = openCaseOn(store);
		const leave = watchLoss(store, (lost) => (open.lost = lost));
		const screen = await draw(StateNotes);
		await expect.element(screen.getByText('This phone lost what was kept on it')).toBeVisible();
		await expect
			.element(screen.getByText('What you sent is safe. It comes back when you sign in.'))
			.toBeVisible();
		await expect
			.element(screen.getByText('Notes and words you did not send are gone, unless you have a copy.'))
			.toBeVisible();
		await expect
			.element(screen.getByRole('link', { name: 'Open a copy' }))
			.toHaveAttribute('href', '/app/move');
		expect(await faults(document.body)).toEqual([]);
		await screen.getByRole('button', { name: 'I have read this' }).click();
		await expect.element(screen.getByText('This phone lost what was kept on it')).not.toBeInTheDocument();
		expect(JSON.parse(localStorage.getItem('alongside:in-use')!)).toEqual([id]);
		await store.put([{ scope: `user:${id}`, t: 'visit', id: 'v', v: { case: 'x', at: 'y' } }]);
		expect(open.lost).toBe(false);
		leave();
	});
});
