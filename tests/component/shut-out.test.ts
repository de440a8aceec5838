import { afterEach, beforeEach, expect, it } from 'vitest';
import { render } from 'vitest-browser-svelte';
import type { Component } from 'svelte';
import NewsPage from '#features/news/NewsPage.svelte';
import type { OpenCase } from '#features/open-case/open-case.svelte.ts';
import StateNotes from '#features/open-case/StateNotes.svelte';
import More from '#features/settings/More.svelte';
import type { PhoneStore } from '#store/phone-store.ts';
import { emptyPhone, openCaseOn, putAway } from './phone.ts';
import InOpenCase from './InOpenCase.svelte';

/** A parent to whom the young person has closed the record: an account, its notices, and no child from a council any more. */
let store: PhoneStore;
let open: OpenCase;
const ACCOUNT = crypto.randomUUID();
const MINE = `user:${ACCOUNT}`;
const notice = (id: string, kind: string) => ({
	op: 'put' as const,
	t: 'notice',
	id,
	ver: 1,
	sv: 1,
	v: { kind, at: '2026-11-20T10:00:00Z' }
});

beforeEach(async () => {
	store = await emptyPhone(['settings', 'cards', 'home', 'status', 'news', 'legal', 'events', 'titles']);
	open = openCaseOn(store);
	open.words = true;
});
afterEach(async () => {
	await putAway(store);
});

const draw = (screen: unknown) =>
	render(InOpenCase as never, { props: { open, screen: screen as Component } } as never);
async function signedIn() {
	await store.pull.openAccount({ userId: ACCOUNT, scopes: [MINE] });
	const patch = [notice('n1', 'grant-withdrawn'), notice('n2', 'phone-added')];
	await store.pull.applyPage({ id: MINE, from: null, to: 1, reset: true, patch }, true);
	await store.pull.pulled(new Date().toISOString());
}
const typedChild = async () => {
	const { id } = await store.begin();
	await store.put([
		{ scope: `case:c1:own:${id}`, t: 'case', id: 'c1', v: { child: { givenName: 'Robin' } } }
	]);
};

it('More leads to the phones and to who reads the record, though no record is open', async () => {
	await signedIn();
	expect(open.children).toEqual([]);
	const screen = await draw(More);
	await expect
		.element(screen.getByRole('link', { name: /^Who looked/ }))
		.toHaveAttribute('href', '/app/who-looked');
	await expect
		.element(screen.getByRole('link', { name: /^Your phones/ }))
		.toHaveAttribute('href', '/app/devices');
});

it('without an account More leads to neither: there would be nothing behind', async () => {
	await typedChild();
	const screen = await draw(More);
	await expect.element(screen.getByRole('link', { name: /^Help/ })).toBeVisible();
	await expect.element(screen.getByRole('link', { name: /^Who looked/ })).not.toBeInTheDocument();
	await expect.element(screen.getByRole('link', { name: /^Your phones/ })).not.toBeInTheDocument();
});

it.each([
	['with no child left', false],
	['beside a child whose dates were typed', true]
])('What is new tells what happened to the account %s', async (_, child) => {
	if (child) await typedChild();
	await signedIn();
	const screen = await draw(NewsPage);
	await expect
		.element(screen.getByText('A young person closed their record to you.', { exact: false }))
		.toBeVisible();
	await expect.element(screen.getByText('Another phone or computer signed in as you')).toBeVisible();
	await expect.element(screen.getByRole('link', { name: 'See who can read it' })).toBeVisible();
});

const CASE = crypto.randomUUID();
const SHARED = `case:${CASE}:shared`;
const ago = (days: number) => new Date(Date.now() - days * 86_400_000).toISOString();

it('says why nothing is here to somebody who may read no record', async () => {
	await signedIn();
	await open.lookAtLock();
	const screen = await draw(StateNotes);
	await expect.element(screen.getByText('The council shows this phone no record now')).toBeVisible();
});

it('without a lock the council’s record is put away after a long silence, and is back when it is heard', async () => {
	await typedChild();
	await store.pull.openAccount({ userId: ACCOUNT, scopes: [SHARED] });
	const v = { child: { givenName: 'Sasha' }, council: 'E08000025' };
	const patch = [{ op: 'put' as const, t: 'case', id: CASE, ver: 1, sv: 1, v }];
	await store.pull.applyPage({ id: SHARED, from: null, to: 1, reset: true, patch }, true);
	await store.pull.pulled(ago(31));
	await open.lookAtLock();
	const screen = await draw(StateNotes);
	await expect.element(screen.getByText('The council’s dates are put away')).toBeVisible();
	expect(open.children.map((child) => child.name)).toEqual(['Robin']);
	await store.pull.pulled(ago(0));
	await expect.element(screen.getByText('The council’s dates are put away')).not.toBeInTheDocument();
	expect(open.children.map((child) => child.name).sort()).toEqual(['Robin', 'Sasha']);
});
