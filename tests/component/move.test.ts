import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { render } from 'vitest-browser-svelte';
import MovePage from '#features/settings/MovePage.svelte';
import type { OpenCase } from '#features/open-case/open-case.svelte.ts';
import { makeBackup } from '#store/backup.ts';
import type { PhoneStore } from '#store/phone-store.ts';
import { dress, faults } from './drawn.ts';
import { emptyPhone, openCaseOn, putAway } from './phone.ts';
import InOpenCase from './InOpenCase.svelte';

/** One phone's file on another phone: real databases, the real seal. */
let store: PhoneStore;
let open: OpenCase;
const PASSWORD = 'canal boat seven';

beforeEach(async () => {
	store = await emptyPhone(['settings']);
	open = openCaseOn(store);
});
afterEach(async () => {
	await putAway(store);
});

async function fileOfAnotherPhone(): Promise<string> {
	const { id } = await store.begin();
	await store.put([
		{ scope: `case:c1:own:${id}`, t: 'case', id: 'c1', v: { child: { givenName: 'Robin' } } }
	]);
	const text = await makeBackup(store, { way: 'passphrase', text: PASSWORD });
	await store.removeEverything('all');
	expect(open.children).toEqual([]);
	return text;
}
const draw = () => render(InOpenCase as never, { open, screen: MovePage } as never);
type Screen = Awaited<ReturnType<typeof draw>>;

async function give(screen: Screen, text: string, password: string) {
	const file = new File([text], 'alongside-backup-2026-11-25.json', { type: 'application/json' });
	await userEvent.upload(screen.getByLabelText('The file', { exact: true }), file);
	await screen.getByLabelText('Password of the file', { exact: true }).fill(password);
	await screen.getByRole('button', { name: 'Open the file' }).click();
}

describe('a file from another phone', () => {
	it('opens with its password, adds what is new, and once more adds nothing', async () => {
		const text = await fileOfAnotherPhone();
		expect(text).not.toContain('Robin');
		const screen = await draw();
		await give(screen, text, 'canal boat eight');
		await expect
			.element(screen.getByText('That password does not open this file.', { exact: false }), {
				timeout: 10_000
			})
			.toBeVisible();
		expect(await faults(screen.container)).toEqual([]);
		await give(screen, text, PASSWORD);
		await expect
			.element(screen.getByText('Done. 1 thing is on this phone now.'), { timeout: 10_000 })
			.toBeVisible();
		expect(open.children.map(({ name }) => name)).toEqual(['Robin']);
		await give(screen, text, PASSWORD);
		await expect
			.element(screen.getByText('Done. All of it was on this phone before.'), { timeout: 10_000 })
			.toBeVisible();
	});

	it('a copy without a password opens too, and asks for none', async () => {
		const { id } = await store.begin();
		const row = { scope: `case:c1:own:${id}`, t: 'case', id: 'c1', v: { child: { givenName: 'Robin' } } };
		await store.put([row]);
		const file = new File([await store.exportAll()], 'alongside-2026-11-25.json', {
			type: 'application/json'
		});
		await store.removeEverything('all');
		const screen = await draw();
		await expect.element(screen.getByRole('heading', { level: 1, name: 'Open a file' })).toBeVisible();
		await userEvent.upload(screen.getByLabelText('The file', { exact: true }), file);
		await expect.element(screen.getByText('This copy has no password.', { exact: false })).toBeVisible();
		await expect
			.element(screen.getByLabelText('Password of the file', { exact: true }))
			.not.toBeInTheDocument();
		await screen.getByRole('button', { name: 'Open the file' }).click();
		await expect.element(screen.getByText('Done. 1 thing is on this phone now.')).toBeVisible();
		expect(open.children.map(({ name }) => name)).toEqual(['Robin']);
	});

	it('takes the person to what they have to type', async () => {
		const text = await fileOfAnotherPhone();
		const screen = await draw();
		const open = screen.getByRole('button', { name: 'Open the file' });
		await open.click();
		await expect.element(screen.getByLabelText('The file', { exact: true })).toHaveFocus();
		await give(screen, text, '');
		await expect.element(screen.getByLabelText('Password of the file', { exact: true })).toHaveFocus();
		await give(screen, text, 'canal boat eight');
		await expect
			.element(screen.getByLabelText('Password of the file', { exact: true }), { timeout: 10_000 })
			.toHaveAttribute('aria-invalid', 'true');
		await expect.element(screen.getByLabelText('Password of the file', { exact: true })).toHaveFocus();
	});

	it('says plainly what is wrong with a file, before a password is asked of it', async () => {
		const text = await fileOfAnotherPhone();
		const screen = await draw();
		for (const [given, said] of [
			[text.slice(0, -40), 'This file is not whole.'],
			[text.replace('"version":1', '"version":9'), 'This file comes from a newer app.'],
			['%PDF-1.7', 'This is not a file from this app.']
		] as const) {
			const file = new File([given], 'x.json', { type: 'application/json' });
			await userEvent.upload(screen.getByLabelText('The file', { exact: true }), file);
			await expect.element(screen.getByText(said, { exact: false })).toBeVisible();
		}
	});

	it('is made with a password typed twice', async () => {
		const { id } = await store.begin();
		await store.put([
			{ scope: `case:c1:own:${id}`, t: 'case', id: 'c1', v: { child: { givenName: 'Robin' } } }
		]);
		const screen = await draw();
		await screen.getByRole('button', { name: 'Save the file' }).click();
		await expect.element(screen.getByText('Type at least 8 letters.', { exact: false })).toBeVisible();
		await screen.getByLabelText('Password for the file', { exact: true }).fill(PASSWORD);
		await screen.getByLabelText('The same password again', { exact: true }).fill('something else');
		await screen.getByRole('button', { name: 'Save the file' }).click();
		await expect.element(screen.getByText('The two are not the same.', { exact: false })).toBeVisible();
		expect(await faults(screen.container)).toEqual([]);
		await screen.getByLabelText('The same password again', { exact: true }).fill(PASSWORD);
		await screen.getByRole('button', { name: 'Save the file' }).click();
		await expect
			.element(screen.getByText('The file is in your downloads.', { exact: false }), { timeout: 10_000 })
			.toBeVisible();
	});

	for (const dir of ['ltr', 'rtl'])
		it(`fits 320 px at 200 % text, ${dir}`, async () => {
			await page.viewport(320, 700);
			dress({ text: 'xxl', dir });
			await draw();
			expect(document.documentElement.scrollWidth).toBeLessThanOrEqual(320);
		});
});
