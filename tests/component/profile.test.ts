import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { render } from 'vitest-browser-svelte';
import type { Component } from 'svelte';
import { newestForm } from '#contract/forms.ts';
import { viewsSend } from '#contract/sync/sending.ts';
import type { OpenCase } from '#features/open-case/open-case.svelte.ts';
import Profile from '#features/profile/Profile.svelte';
import SharePage from '#features/profile/SharePage.svelte';
import ShowPage from '#features/profile/ShowPage.svelte';
import ChoiceForm from '#features/views/ChoiceForm.svelte';
import FromProfile from '#features/views/FromProfile.svelte';
import WordsList from '#features/views/WordsList.svelte';
import { formHere } from '#features/views/views-here.ts';
import { loadWords, setLanguage, useLanguage } from '#i18n/words.svelte.ts';
import type { PhoneStore } from '#store/phone-store.ts';
import { dress, faults } from './drawn.ts';
import InOpenCase from './InOpenCase.svelte';
import { emptyPhone, openCaseOn, putAway } from './phone.ts';

/** What is told once and what a child says in pictures, on a phone with the real databases. */
const CASE = '11111111-1111-4111-8111-111111111111';
const SHARED = `case:${CASE}:shared`;
const WORDS = ['profile', 'views', 'waiting', 'home', 'legal', 'events', 'titles', 'cards', 'roles'] as const;
let store: PhoneStore;
let open: OpenCase;

async function ofCouncil() {
	await store.pull.openAccount({ userId: crypto.randomUUID(), scopes: [SHARED] });
	const patch = [
		{
			...{ op: 'put' as const, t: 'case', id: 'k', ver: 1, sv: 1 },
			v: { child: { givenName: 'Robin' }, councilName: 'Thornwater' }
		}
	];
	await store.pull.applyPage({ id: SHARED, from: null, to: 1, reset: true, patch }, true);
	await store.pull.pulled('2026-11-25T09:00:00Z');
}
async function typedByFamily() {
	const { id } = await store.begin();
	const v = { child: { givenName: 'Robin' } };
	await store.put([{ scope: `case:${CASE}:own:${id}`, t: 'case', id: CASE, v }]);
}
async function opened(how: () => Promise<void>) {
	await how();
	open = openCaseOn(store);
	open.words = true;
	await vi.waitUntil(() => open.child !== undefined);
}

beforeEach(async () => {
	store = await emptyPhone([...WORDS]);
});
afterEach(async () => {
	vi.restoreAllMocks();
	useLanguage('en');
	await putAway(store);
});

const draw = (screen: unknown, props: object = {}) =>
	render(InOpenCase as never, { props: { open, screen: screen as Component, props } } as never);
const kept = () => open.family?.known.profile[0]?.v.sections;
const sideways = () => document.documentElement.scrollWidth - document.documentElement.clientWidth;
async function told(sections: Record<string, string>) {
	const { id } = await store.begin();
	const v = { case: CASE, sections, changedAt: '2026-11-25T09:00:00Z' };
	await store.put([{ scope: `case:${CASE}:own:${id}`, t: 'profile', id: `profile.${CASE}`, v }]);
	await vi.waitUntil(() => kept() !== undefined);
}

describe('tell it once', () => {
	it('keeps each section as it is typed, at 320 px, and says where it stays', async () => {
		await opened(typedByFamily);
		await page.viewport(320, 800);
		const screen = await draw(Profile);
		await expect.element(screen.getByText('This stays on this phone.', { exact: false })).toBeVisible();
		await expect.element(screen.getByText('Write a few words first.', { exact: false })).toBeVisible();
		await screen.getByLabelText('What matters to me').fill('Trains and Grandad.');
		await screen.getByLabelText('How to help me').fill('Wait. Then ask again.');
		await userEvent.tab();
		await expect.poll(kept).toEqual({ matters: 'Trains and Grandad.', help: 'Wait. Then ask again.' });
		await expect.element(screen.getByRole('link', { name: 'Show it to staff' })).toBeVisible();
		expect(sideways()).toBe(0);
		expect(await faults(document.body)).toEqual([]);
	});

	it('that cannot be kept says so, and the words stay', async () => {
		await opened(typedByFamily);
		vi.spyOn(store, 'put').mockRejectedValue(new Error('full'));
		const screen = await draw(Profile);
		await screen.getByLabelText('My health needs').fill('Inhaler.');
		await expect.element(screen.getByText('This is not saved.', { exact: false })).toBeVisible();
		await expect.element(screen.getByLabelText('My health needs')).toHaveValue('Inhaler.');
	});
});

describe('shown to staff', () => {
	it('has English headings in any language, only what was written, and only what a taxi needs', async () => {
		await opened(typedByFamily);
		await told({ communicate: 'اشارے', health: 'Inhaler.', matters: 'Trains.' });
		await loadWords([...WORDS], 'ur');
		await setLanguage('ur');
		dress({ dir: 'rtl' });
		const asked = vi.spyOn(navigator.wakeLock, 'request');
		const screen = await draw(ShowPage);
		await expect.element(screen.getByRole('heading', { name: /^How I talk to you/ })).toBeVisible();
		await expect.element(screen.getByText('Inhaler.')).toBeVisible();
		expect(screen.getByRole('heading', { level: 2 }).elements()).toHaveLength(3);
		expect(asked).toHaveBeenCalledWith('screen');
		await screen.getByRole('button', { name: 'ٹیکسی' }).click();
		await expect.element(screen.getByText('Inhaler.')).not.toBeInTheDocument();
		await expect.element(screen.getByText('اشارے')).toBeVisible();
		await page.viewport(320, 800);
		expect(sideways()).toBe(0);
		expect(await faults(document.body)).toEqual([]);
	});

	it('without words says where to write them', async () => {
		await opened(typedByFamily);
		const screen = await draw(ShowPage);
		await expect.element(screen.getByRole('heading', { name: 'Nothing written yet' })).toBeVisible();
	});
});

describe('shared', () => {
	const go = vi.fn();
	const sent = () => store.outbox.items().filter(({ name }) => name === 'views.send');

	it('nothing is ticked at first; what is ticked is what stands there and what goes, once', async () => {
		await opened(ofCouncil);
		await told({ matters: 'Trains.', health: 'Inhaler.', help: '  ' });
		const screen = await draw(SharePage, { go });
		await expect.element(screen.getByText('Tick a part first.')).toBeVisible();
		expect(screen.getByText('Trains.').elements()).toHaveLength(0);
		expect(screen.getByRole('checkbox').elements()).toHaveLength(2);
		await screen.getByLabelText('What matters to me').click();
		await expect.element(screen.getByText('Trains.')).toBeVisible();
		expect(screen.getByText('Inhaler.').elements()).toHaveLength(0);
		expect(await faults(document.body)).toEqual([]);

		const copied = vi.spyOn(navigator.clipboard, 'writeText').mockResolvedValue();
		await screen.getByRole('button', { name: 'Copy' }).click();
		expect(copied.mock.calls[0]![0]).toMatch(/^Robin\. .*\n\nWhat matters to me\nTrains\.\n$/);

		await screen.getByRole('button', { name: 'Send it' }).click();
		await expect.poll(sent).toHaveLength(1);
		const args = sent()[0]!.args as { answers: object };
		expect(viewsSend.safeParse(args).success).toBe(true);
		expect(args).toMatchObject({ form: 'profile', version: 1, answers: { matters: 'Trains.' } });
		expect(Object.keys(args.answers)).toEqual(['matters']);
		await expect.element(screen.getByText('You sent these words.', { exact: false })).toBeVisible();
		expect(go.mock.calls.at(-1)).toEqual([`/app/views/sent/${(args as { id?: string }).id}`]);
		await screen.getByLabelText('My health needs').click();
		await expect.element(screen.getByRole('button', { name: 'Send an update' })).toBeVisible();
	});

	it('without a council there is paper and copying, and nothing offers to send', async () => {
		await opened(typedByFamily);
		await told({ matters: 'Trains.' });
		const screen = await draw(SharePage, { go });
		await screen.getByLabelText('What matters to me').click();
		await expect.element(screen.getByRole('heading', { name: 'To send it, use your letter' })).toBeVisible();
		expect(screen.getByRole('button', { name: 'Send it' }).elements()).toHaveLength(0);
		await expect.element(screen.getByRole('button', { name: 'Print it' })).toBeVisible();
	});

	it('that could not be kept for sending says so and can be tried again', async () => {
		await opened(ofCouncil);
		await told({ matters: 'Trains.' });
		const add = vi.spyOn(store.outbox, 'add').mockRejectedValueOnce(new Error('full'));
		const screen = await draw(SharePage, { go });
		await screen.getByLabelText('What matters to me').click();
		await screen.getByRole('button', { name: 'Send it' }).click();
		await expect.element(screen.getByRole('alert')).toBeVisible();
		expect(sent()).toEqual([]);
		await screen.getByRole('button', { name: 'Send it' }).click();
		await expect.poll(sent).toHaveLength(1);
		expect(add).toHaveBeenCalledTimes(2);
	});
});

describe('a question with pictures', () => {
	const answers = (form: string) => open.family?.known.draft.find((row) => row.v.form === form)?.v.answers;
	const ask = (form: string, at: number, go = vi.fn()) =>
		draw(ChoiceForm, {
			...{ here: formHere(open, open.child!, form)!, child: open.child },
			at,
			name: 'Robin',
			go
		});

	it('is answered by taps and by keys, kept at each, and needs no words', async () => {
		await opened(ofCouncil);
		await page.viewport(320, 800);
		const go = vi.fn();
		const screen = await ask('child-voice', 0, go);
		expect(screen.getByRole('group', { name: 'How do you feel most days?' }).elements()).toHaveLength(1);
		await screen.getByRole('checkbox', { name: 'Worried' }).click();
		await expect.poll(() => answers('child-voice')).toEqual({ feel: 'worried' });
		const happy = screen.getByRole('checkbox', { name: 'Happy' });
		(happy.element() as HTMLElement).focus();
		await userEvent.keyboard(' ');
		await expect.poll(() => answers('child-voice')).toEqual({ feel: 'happy,worried' });
		await screen.getByLabelText('Your own words').fill('Not on Mondays, no.');
		await expect.poll(() => answers('child-voice')).toEqual({ feel: 'happy,worried|Not on Mondays, no.' });
		await screen.getByRole('checkbox', { name: 'Worried' }).click();
		await screen.getByRole('button', { name: 'Next question' }).click();
		await expect.poll(() => go.mock.calls.at(-1)).toEqual(['/app/views/child-voice/helps']);
		expect(answers('child-voice')).toEqual({ feel: 'happy|Not on Mondays, no.' });
		for (const label of document.querySelectorAll<HTMLElement>('.pictures label')) {
			const { width, height } = label.getBoundingClientRect();
			expect(Math.min(width, height)).toBeGreaterThan(100);
		}
		expect(sideways()).toBe(0);
		expect(await faults(document.body)).toEqual([]);
	});

	it('takes one where one is asked for, and gives it back', async () => {
		await opened(ofCouncil);
		const at = newestForm('draft-answer')!.questions.findIndex(({ id }) => id === 'meeting');
		const screen = await ask('draft-answer', at);
		await screen.getByRole('radio', { name: 'Yes' }).click();
		await screen.getByRole('radio', { name: 'No', exact: true }).click();
		await expect.poll(() => answers('draft-answer')).toEqual({ meeting: 'no' });
		await screen.getByRole('button', { name: 'Choose none' }).click();
		await expect.poll(() => answers('draft-answer')?.['meeting'] ?? '').toBe('');
		await expect.element(screen.getByRole('radio', { name: 'No', exact: true })).not.toBeChecked();
		await expect.element(screen.getByRole('button', { name: 'Skip this one' })).toBeVisible();
	});

	it('that cannot be kept stays on the screen, which says so', async () => {
		await opened(ofCouncil);
		const go = vi.fn();
		const screen = await ask('child-voice', 0, go);
		vi.spyOn(store, 'put').mockRejectedValue(new Error('full'));
		await screen.getByRole('checkbox', { name: 'Sad' }).click();
		await expect.element(screen.getByText('This is not saved.', { exact: false })).toBeVisible();
		await screen.getByRole('button', { name: 'Next question' }).click();
		await expect.element(screen.getByRole('checkbox', { name: 'Sad' })).toBeChecked();
		expect(go).not.toHaveBeenCalled();
	});

	it('is read as words before it goes, with the English that the officer sees beside other languages', async () => {
		await opened(ofCouncil);
		await loadWords([...WORDS], 'pl');
		await setLanguage('pl');
		const definition = newestForm('child-voice')!;
		const screen = await draw(WordsList, {
			...{ definition, answers: { feel: 'sad|Czasem.' }, name: 'Robin' }
		});
		await expect.element(screen.getByRole('listitem')).toHaveTextContent('Smutno mi (Sad)');
		await expect.element(screen.getByText('Czasem.')).toBeVisible();
		expect(document.body.textContent).not.toContain('|');
	});
});

describe('what was told before', () => {
	it('is put into the box only by a tap, and is not offered where there is none', async () => {
		await opened(ofCouncil);
		await told({ matters: 'Trains.' });
		const use = vi.fn();
		const props = { form: 'assessment', child: open.child, use };
		const none = await draw(FromProfile, { ...props, question: 'health' });
		expect(none.getByText('Use what you wrote before').elements()).toHaveLength(0);
		const screen = await draw(FromProfile, { ...props, question: 'about' });
		await screen.getByText('Use what you wrote before').click();
		await expect.element(screen.getByText('Trains.')).toBeVisible();
		expect(use).not.toHaveBeenCalled();
		await screen.getByRole('button', { name: 'Put it in the box' }).click();
		expect(use.mock.calls).toEqual([['Trains.']]);
	});
});
