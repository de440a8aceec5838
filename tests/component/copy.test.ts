import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { render } from 'vitest-browser-svelte';
import type { OpenCase } from '#features/open-case/open-case.svelte.ts';
import DataCard from '#features/settings/DataCard.svelte';
import type { PhoneStore } from '#store/phone-store.ts';
import { emptyPhone, openCaseOn, putAway } from './phone.ts';
import InOpenCase from './InOpenCase.svelte';

/** What a family may take with it: a copy for a computer, a page for its eyes. Both hold everything, and their names nothing. */
let store: PhoneStore;
let open: OpenCase;
let saved: File[];
const SHARED = 'case:11111111-1111-4111-8111-111111111111:shared';

beforeEach(async () => {
	store = await emptyPhone(['settings', 'home', 'cards', 'legal', 'events', 'titles', 'roles']);
	await store.pull.openAccount({ userId: crypto.randomUUID(), scopes: [SHARED] });
	const row = (t: string, id: string, v: object) => ({ op: 'put' as const, t, id, ver: 1, sv: 1, v });
	const patch = [
		row('case', 'k', { child: { givenName: 'Robin' }, councilName: 'Thornwater' }),
		row('event', 's1', { type: 'assessment.requested', on: '2026-08-25', detail: {} })
	];
	await store.pull.applyPage({ id: SHARED, from: null, to: 1, reset: true, patch }, true);
	await store.pull.pulled(new Date().toISOString());
	const { id } = await store.begin();
	const own = SHARED.replace('shared', `own:${id}`);
	await store.put([
		{
			scope: own,
			t: 'event',
			id: 'o1',
			v: { type: 'note', on: '2026-09-01', detail: {}, note: 'Rang <school>' }
		},
		{ scope: own, t: 'person', id: 'p1', v: { role: 'other', name: 'Aunt Jo', phone: '01632 960001' } },
		// Of a newer app: not shown, and theirs all the same.
		{ scope: own, t: 'from.the.future', id: 'f1', v: { text: 'later' } }
	]);
	open = openCaseOn(store);
	open.words = true;
	await open.lookAtLock();
	saved = [];
	vi.spyOn(URL, 'createObjectURL').mockImplementation((file) => {
		saved.push(file as File);
		return '#saved';
	});
});
afterEach(async () => {
	vi.restoreAllMocks();
	await putAway(store);
});

const draw = () => render(InOpenCase as never, { props: { open, screen: DataCard } } as never);

it('the copy is plain JSON with every row, also those that this app cannot show', async () => {
	const screen = await draw();
	await screen.getByRole('button', { name: 'Save a copy', exact: true }).click();
	await expect.poll(() => saved.length).toBe(1);
	expect(saved[0]!.name).toMatch(/^alongside-\d{4}-\d\d-\d\d\.json$/);
	const copy = JSON.parse(await saved[0]!.text()) as { rows: { id: string }[]; unreadable: number };
	expect(copy.rows.map((one) => one.id).sort()).toEqual(['f1', 'k', 'o1', 'p1', 's1']);
	expect(copy.unreadable).toBe(0);
	await expect.element(screen.getByText('The copy is made.', { exact: false })).toBeVisible();
});

it('the page holds the child, the council’s dates, the family’s own words and people, as text', async () => {
	const screen = await draw();
	await screen.getByRole('button', { name: 'Save a page to read', exact: true }).click();
	await expect.poll(() => saved.length).toBe(1);
	expect(saved[0]!.name).toMatch(/^alongside-\d{4}-\d\d-\d\d\.html$/);
	const drawn = new DOMParser().parseFromString(await saved[0]!.text(), 'text/html');
	for (const words of ['Robin', 'Thornwater', 'Rang <school>', 'Aunt Jo', '01632 960001'])
		expect(drawn.body.textContent).toContain(words);
	expect(drawn.querySelectorAll('tbody tr')).toHaveLength(2);
	expect(drawn.querySelector('script, link, img')).toBeNull();
});

it('with a lock that was opened some time ago it locks first, and nothing has left the phone', async () => {
	await store.lock!.setSecret({ kind: 'pin', text: '482915', recovery: store.lock!.newRecoveryCode() });
	await open.lookAtLock();
	const screen = await draw();
	const copy = screen.getByRole('button', { name: 'Save a copy', exact: true });
	await copy.click();
	const dialog = screen.getByRole('dialog', { name: 'First show that it is you' });
	await dialog.getByRole('button', { name: 'Cancel' }).click();
	await screen.getByRole('button', { name: 'Save a page to read', exact: true }).click();
	await dialog.getByRole('button', { name: 'Lock it now' }).click();
	await expect.poll(() => store.state()).toBe('locked');
	expect(saved).toEqual([]);
	await store.lock!.open({ way: 'pin', text: '482915' });
	await expect.poll(() => store.state()).toBe('open');
	open.provedAt = Date.now();
	await copy.click();
	await expect.poll(() => saved.length).toBe(1);
});
