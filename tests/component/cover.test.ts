import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { render } from 'vitest-browser-svelte';
import { createRawSnippet } from 'svelte';
import LockGate from '#features/lock/LockGate.svelte';
import type { OpenCase } from '#features/open-case/open-case.svelte.ts';
import type { PhoneStore } from '#store/phone-store.ts';
import { emptyPhone, openCaseOn, putAway } from './phone.ts';
import InOpenCase from './InOpenCase.svelte';

/** What the list of open apps may show of a family's screen. */
let store: PhoneStore;
let open: OpenCase;
const html = document.documentElement;
const covered = () => html.hasAttribute('data-covered');

beforeEach(async () => {
	store = await emptyPhone(['lock', 'legal', 'events', 'titles']);
	await store.begin();
	open = openCaseOn(store);
	await open.lookAtLock();
});
afterEach(async () => {
	vi.restoreAllMocks();
	await putAway(store);
	html.removeAttribute('data-covered');
});

const children = createRawSnippet(() => ({ render: () => '<p>Robin</p>' }));
const draw = () =>
	render(InOpenCase as never, { props: { open, screen: LockGate, props: { children } } } as never);
function show(state: DocumentVisibilityState) {
	vi.spyOn(document, 'visibilityState', 'get').mockReturnValue(state);
	document.dispatchEvent(new Event('visibilitychange'));
}

it.each([
	['with a lock', true],
	['without a lock: a spare key is on the screen before there is one', false]
])('is nothing %s, and all of it at the return', async (_, lock) => {
	if (lock) {
		await store.lock!.setSecret({ kind: 'pin', text: '482915', recovery: store.lock!.newRecoveryCode() });
		await open.lookAtLock();
	}
	const screen = await draw();
	await expect.element(screen.getByText('Robin')).toBeVisible();
	await expect.poll(() => (show('hidden'), covered())).toBe(true);
	expect(
		getComputedStyle(document.body).visibility === 'hidden' ||
			getComputedStyle(document.body).display === 'none'
	).toBe(true);
	show('visible');
	expect(covered()).toBe(false);
	dispatchEvent(new PageTransitionEvent('pagehide'));
	expect(covered()).toBe(true);
	dispatchEvent(new PageTransitionEvent('pageshow'));
	expect(covered()).toBe(false);
	await screen.unmount();
	show('hidden');
	expect(covered()).toBe(false);
});

it('what was typed is back after a lock that another tab began', async () => {
	await store.lock!.setSecret({ kind: 'pin', text: '482915', recovery: store.lock!.newRecoveryCode() });
	await open.lookAtLock();
	// The part that keeps words is fetched after the screen stands.
	const ready = vi.spyOn(store.lock!, 'beforeLock');
	const form = createRawSnippet(() => ({ render: () => '<main><form><input id="note" /></form></main>' }));
	await render(
		InOpenCase as never,
		{ props: { open, screen: LockGate, props: { children: form } } } as never
	);
	const note = () => document.querySelector<HTMLInputElement>('#note');
	await expect.poll(note).not.toBeNull();
	note()!.value = 'rang the school';
	await expect.poll(() => ready.mock.calls.length).toBeGreaterThan(0);
	const other = new BroadcastChannel('alongside-lock');
	other.postMessage('lock');
	await expect.poll(() => open.state).toBe('locked');
	other.close();
	expect(note()).toBeNull();
	await store.lock!.open({ way: 'pin', text: '482915' });
	await expect.poll(() => note()?.value).toBe('rang the school');
});
