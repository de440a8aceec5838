import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { render } from 'vitest-browser-svelte';
import type { Component } from 'svelte';
import StateNotes from '#features/open-case/StateNotes.svelte';
import LockScreen from '#features/lock/LockScreen.svelte';
import SetLock from '#features/lock/SetLock.svelte';
import type { OpenCase } from '#features/open-case/open-case.svelte.ts';
import LockCard from '#features/settings/LockCard.svelte';
import { applyReading } from '#i18n/reading.ts';
import type { PhoneStore } from '#store/phone-store.ts';
import { dress, faults } from './drawn.ts';
import { emptyPhone, openCaseOn, putAway } from './phone.ts';
import InOpenCase from './InOpenCase.svelte';

/** The lock on a real phone: IndexedDB, the thread of keys, Argon2id as it is shipped. */
let store: PhoneStore;
let open: OpenCase;

beforeEach(async () => {
	store = await emptyPhone(['lock', 'settings', 'legal', 'events', 'titles']);
	const { id } = await store.begin();
	const scope = `case:c1:own:${id}`;
	await store.put([
		{ scope, t: 'case', id: 'c1', v: { child: { givenName: 'Robin', bornOn: '2016-03-09' } } }
	]);
	open = openCaseOn(store);
	open.words = true;
	await open.lookAtLock();
});
afterEach(async () => {
	await putAway(store);
});

const draw = (screen: unknown, props: object = {}) =>
	render(InOpenCase as never, { props: { open, screen: screen as Component, props } } as never);

async function locked(kind: 'pin' | 'passphrase' = 'pin', text = '482915') {
	await store.lock!.setSecret({ kind, text, recovery: store.lock!.newRecoveryCode() });
	await store.lock!.lockNow();
	await open.lookAtLock();
	expect(open.state).toBe('locked');
	return draw(LockScreen, { fresh: true });
}
const type = async (screen: Awaited<ReturnType<typeof draw>>, pin: string) => {
	await screen.getByLabelText('Your numbers', { exact: true }).fill(pin);
	await screen.getByRole('button', { name: 'Open', exact: true }).click();
};

describe('the lock screen', () => {
	it('says nothing about anybody, and opens with the PIN', async () => {
		const screen = await locked();
		expect(document.documentElement.outerHTML).not.toContain('Robin');
		const field = screen.getByLabelText('Your numbers', { exact: true });
		await expect.element(field).toHaveAttribute('inputmode', 'numeric');
		await expect.element(field).toHaveAttribute('autocomplete', 'off');
		await expect.element(field).toHaveAttribute('type', 'password');
		await screen.getByRole('button', { name: 'Show: Your numbers' }).click();
		await expect.element(field).toHaveAttribute('type', 'text');
		await type(screen, '482915');
		await expect.poll(() => open.state, { timeout: 10_000 }).toBe('open');
		expect(open.children.map(({ name }) => name)).toEqual(['Robin']);
	});

	it('tells of the wait only before it comes, then says the time and takes the field away', async () => {
		const screen = await locked();
		const last = screen.getByText('One more wrong try', { exact: false });
		for (const wrong of ['111112', '111113', '111114']) {
			await type(screen, wrong);
			await expect
				.element(screen.getByText('Those numbers are not right.', { exact: false }), { timeout: 10_000 })
				.toBeVisible();
			await expect.element(last).not.toBeInTheDocument();
		}
		await type(screen, '111115');
		await expect.element(last, { timeout: 10_000 }).toBeVisible();
		await type(screen, '111116');
		await expect
			.element(screen.getByText(/You can try again at \d{1,2}:\d{2}/), { timeout: 10_000 })
			.toBeVisible();
		await expect.element(screen.getByLabelText('Your numbers')).not.toBeInTheDocument();
		expect(await faults(screen.container)).toEqual([]);
	});

	it('asks for the password where one was chosen', async () => {
		const screen = await locked('passphrase', 'canal boat seven');
		await expect.element(screen.getByLabelText('Your password', { exact: true })).toBeVisible();
		await expect.element(screen.getByRole('button', { name: 'I forgot my password' })).toBeVisible();
	});

	it('speaks every language, without the rows', async () => {
		const screen = await locked();
		await screen.getByRole('button', { name: 'Language: English' }).click();
		await screen.getByRole('radio', { name: 'اردو' }).click();
		await expect.poll(() => document.documentElement.dir).toBe('rtl');
		await expect.element(screen.getByRole('heading', { level: 1 })).not.toHaveTextContent('Locked');
		await applyReading({ lang: 'en', theme: 'auto', text: 'm', easy: false, urdu: 'nastaliq' });
	});

	for (const theme of ['light', 'dark', 'contrast'])
		it(`has no fault in ${theme}, with every part of it open`, async () => {
			await store.lock!.setShared(true);
			const screen = await locked();
			dress({ theme });
			for (const name of ['Language: English', 'I forgot my numbers', 'Somebody else']) {
				await screen.getByRole('button', { name }).click();
				expect(await faults(screen.container)).toEqual([]);
			}
			await store.lock!.setShared(false);
		});

	for (const dir of ['ltr', 'rtl'])
		it(`fits 320 px at 200 % text, ${dir}`, async () => {
			await page.viewport(320, 700);
			const screen = await locked();
			dress({ text: 'xxl', dir });
			for (const name of ['Language: English', 'I forgot my numbers']) {
				await screen.getByRole('button', { name }).click();
				expect(document.documentElement.scrollWidth).toBeLessThanOrEqual(320);
			}
		});

	it('is walked with the keyboard alone', async () => {
		await locked();
		(document.querySelector('#secret') as HTMLElement).focus();
		await userEvent.keyboard('482915{Enter}');
		await expect.poll(() => open.state, { timeout: 10_000 }).toBe('open');
	});
});

describe('setting a lock', () => {
	it('refuses the birthday, shows the spare key once, and locks only when it was typed back', async () => {
		const screen = await draw(SetLock);
		await screen.getByRole('button', { name: 'Carry on' }).click();
		const typed = async (pin: string, again = pin) => {
			await screen.getByLabelText('New numbers', { exact: true }).fill(pin);
			await screen.getByLabelText('The same numbers again', { exact: true }).fill(again);
			await screen.getByRole('button', { name: 'Carry on' }).click();
		};
		await typed('090316');
		await expect.element(screen.getByRole('alert').getByText(/This is a date of birth/)).toBeVisible();
		await typed('482915', '482916');
		await expect.element(screen.getByRole('alert').getByText(/The two are not the same/)).toBeVisible();
		expect(await faults(screen.container)).toEqual([]);
		await typed('482915');
		await expect.element(screen.getByRole('heading', { name: 'Your spare key' })).toBeVisible();
		expect(await faults(screen.container)).toEqual([]);
		const code = document.querySelector('.words.code')?.textContent ?? '';
		expect(code.replace(/[^0-9A-Z]/g, '')).toHaveLength(24);
		await screen.getByRole('button', { name: 'I have written it down' }).click();
		expect(document.body.textContent).not.toContain(code);
		await screen.getByLabelText('The code of 24 letters and numbers').fill(code.slice(1));
		await screen.getByRole('button', { name: 'Set a lock' }).click();
		await expect.element(screen.getByText('That is not the code.', { exact: false })).toBeVisible();
		expect((await store.lock!.facts()).set).toBe(false);
		await screen.getByLabelText('The code of 24 letters and numbers').fill(code.toLowerCase());
		await screen.getByRole('button', { name: 'Set a lock' }).click();
		await expect
			.element(screen.getByRole('heading', { name: 'The lock is on' }), { timeout: 10_000 })
			.toBeVisible();
		expect((await store.lock!.facts()).ways.toSorted()).toEqual(['pin', 'recovery']);
		expect(open.state).toBe('open');
	});

	for (const dir of ['ltr', 'rtl'])
		it(`fits 320 px at 200 % text, ${dir}`, async () => {
			await page.viewport(320, 700);
			const screen = await draw(SetLock);
			dress({ text: 'xxl', dir });
			expect(document.documentElement.scrollWidth).toBeLessThanOrEqual(320);
			await screen.getByRole('button', { name: 'Carry on' }).click();
			await screen.getByLabelText('New numbers', { exact: true }).fill('482915');
			await screen.getByLabelText('The same numbers again', { exact: true }).fill('482915');
			await screen.getByRole('button', { name: 'Carry on' }).click();
			await expect.element(screen.getByRole('heading', { name: 'Your spare key' })).toBeVisible();
			expect(document.documentElement.scrollWidth).toBeLessThanOrEqual(320);
		});
});

describe('the lock in Settings', () => {
	it('says that there is none, then how it opens; times and the way off work at once', async () => {
		const screen = await draw(LockCard);
		await expect.element(screen.getByText('There is no lock on this app yet.')).toBeVisible();
		const recovery = store.lock!.newRecoveryCode();
		await store.lock!.setSecret({ kind: 'pin', text: '482915', recovery });
		await open.lookAtLock();
		await expect.element(screen.getByText('It opens with your numbers.')).toBeVisible();
		await userEvent.selectOptions(screen.getByLabelText('When I do nothing, lock'), 'after 15 minutes');
		await userEvent.selectOptions(screen.getByLabelText('When I look at something else, lock'), 'at once');
		await expect.element(screen.getByText('Saved.')).toBeVisible();
		await expect
			.poll(async () => {
				const { idleMs, hiddenMs } = await store.lock!.facts();
				return [idleMs, hiddenMs];
			})
			.toEqual([15 * 60_000, 0]);
		expect(await faults(screen.container)).toEqual([]);
		await screen.getByRole('button', { name: 'Take the lock off' }).click();
		await screen.getByRole('dialog').getByRole('button', { name: 'Take the lock off' }).click();
		await expect.poll(async () => (await store.lock!.facts()).set).toBe(false);
		await expect.element(screen.getByText('There is no lock on this app yet.')).toBeVisible();
	});
});

describe('long without contact', () => {
	const daysAgo = (days: number) => new Date(Date.now() - days * 86_400_000).toISOString();
	/** A phone with an account and a PIN, `days` after its last news. */
	async function quiet(days: number, told?: number) {
		await store.lock!.setSecret({ kind: 'pin', text: '482915', recovery: store.lock!.newRecoveryCode() });
		await store.pull.openAccount({ userId: crypto.randomUUID(), scopes: [] });
		await store.pull.pulled(daysAgo(days), told);
		await open.lookAtLock();
		return draw(StateNotes);
	}
	const warning = (screen: Awaited<ReturnType<typeof draw>>) =>
		screen.getByText('Go online by', { exact: false });

	it('is said a week before only signing in opens it, and goes with the next news', async () => {
		const screen = await quiet(24);
		await expect.element(warning(screen)).toBeVisible();
		await store.pull.pulled(daysAgo(0));
		await expect.element(warning(screen)).not.toBeInTheDocument();
	});

	it('is not said earlier, and is said in time where the council set fewer days', async () => {
		const screen = await quiet(22);
		await expect.element(warning(screen)).not.toBeInTheDocument();
		await store.pull.pulled(daysAgo(3), 6);
		await open.lookAtLock();
		await expect.element(warning(screen)).toBeVisible();
	});

	it('is not said where there is no lock: nothing will close', async () => {
		await store.pull.openAccount({ userId: crypto.randomUUID(), scopes: [] });
		await store.pull.pulled(daysAgo(29));
		await open.lookAtLock();
		await expect.element(warning(await draw(StateNotes))).not.toBeInTheDocument();
	});
});
