import { afterEach, beforeEach, expect, it } from 'vitest';
import { render } from 'vitest-browser-svelte';
import type { OpenCase } from '#features/open-case/open-case.svelte.ts';
import RemoveCard from '#features/settings/RemoveCard.svelte';
import type { PhoneStore } from '#store/phone-store.ts';
import { faults } from './drawn.ts';
import { emptyPhone, openCaseOn, putAway } from './phone.ts';
import InOpenCase from './InOpenCase.svelte';

/** Emptying a phone from Settings, with the real databases. Nothing here has a connection. */
let store: PhoneStore;
let open: OpenCase;

beforeEach(async () => {
	store = await emptyPhone(['settings']);
	await typed();
	open = openCaseOn(store);
	await open.lookAtLock();
});
afterEach(async () => {
	await putAway(store);
});

async function typed() {
	const { id } = await store.begin();
	await store.put([{ scope: `case:c1:own:${id}`, t: 'case', id: 'c1', v: { child: {} } }]);
}
async function somebodyElse() {
	await store.lock!.switchTo('new');
	await typed();
	await open.lookAtLock();
}
const draw = () => render(InOpenCase as never, { props: { open, screen: RemoveCard } } as never);
const yes = (screen: Awaited<ReturnType<typeof draw>>) =>
	screen.getByRole('dialog').getByRole('button', { name: 'Yes, remove it all' }).click();
const people = async () => (await store.lock!.profiles()).length;

it('takes away everything, and what the app noted beside it', async () => {
	localStorage.setItem('alongside:child', 'c1');
	localStorage.setItem('alongside:reading', '{}');
	const screen = await draw();
	await expect.element(screen.getByText('1 thing is only here and would be lost.')).toBeVisible();
	await screen.getByRole('button', { name: 'Remove everything', exact: true }).click();
	await yes(screen);
	await expect.poll(people).toBe(0);
	// What stands beside the rows goes after them.
	await expect
		.poll(() => Object.keys(localStorage).filter((key) => key.startsWith('alongside:')))
		.toEqual(['alongside:reading']);
});

it('with several people says whose it is: mine alone, or everybody’s', async () => {
	await somebodyElse();
	const screen = await draw();
	expect(await faults(screen.container)).toEqual([]);
	await screen.getByRole('button', { name: 'Remove what is mine', exact: true }).click();
	await expect.element(screen.getByText('Other people on this phone keep theirs.')).toBeVisible();
	await yes(screen);
	await expect.poll(people).toBe(1);
});

it('with several people takes everybody’s away when that was asked', async () => {
	await somebodyElse();
	const screen = await draw();
	await screen.getByRole('button', { name: 'Remove all people', exact: true }).click();
	await expect
		.element(screen.getByText('This takes away all that each person saved on this phone.'))
		.toBeVisible();
	await screen.getByRole('dialog').getByRole('button', { name: 'Go on' }).click();
	await expect
		.element(screen.getByRole('dialog', { name: 'Remove the other people’s things too?' }))
		.toBeVisible();
	await yes(screen);
	await expect.poll(people).toBe(0);
});
