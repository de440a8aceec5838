import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { render } from 'vitest-browser-svelte';
import Dialog from '#ui/dialog/Dialog.svelte';
import ErrorSummary from '#ui/error-summary/ErrorSummary.svelte';
import DateField from '#ui/field/DateField.svelte';
import Hero from '#ui/hero/Hero.svelte';
import Icon from '#ui/icon/Icon.svelte';
import { SHAPES, type IconName } from '#ui/icon/shapes.ts';
import LiveRegion from '#ui/live-region/LiveRegion.svelte';
import { announce, unannounce } from '#ui/live-region/announce.svelte.ts';
import PersonRow from '#ui/person-row/PersonRow.svelte';
import TopBar from '#ui/top-bar/TopBar.svelte';
import { words } from '../../src/lib/ui/example.ts';
import { dress } from './drawn.ts';

beforeEach(async () => {
	await page.viewport(360, 800);
	dress({});
});
afterEach(() => document.body.replaceChildren());

describe('the date field', () => {
	it('reads what is typed, and says it back in words', async () => {
		const screen = await render(DateField, { id: 'on', legend: 'When?', today: '2025-04-10', notSure: true });
		await screen.getByLabelText('Day').fill('8');
		await screen.getByLabelText('Month').fill('April');
		await screen.getByLabelText('Year').fill('2025');
		await expect.element(screen.getByText('That is Tuesday 8 April 2025.')).toBeVisible();
	});

	it('takes Yesterday, and Not sure empties it again', async () => {
		const screen = await render(DateField, { id: 'on', legend: 'When?', today: '2025-04-01', notSure: true });
		await screen.getByRole('button', { name: 'Yesterday' }).click();
		await expect.element(screen.getByLabelText('Day')).toHaveValue('31');
		await screen.getByRole('button', { name: 'Not sure' }).click();
		await expect.element(screen.getByLabelText('Day')).toHaveValue('');
		await expect
			.element(screen.getByRole('button', { name: 'Not sure' }))
			.toHaveAttribute('aria-pressed', 'true');
	});

	it('says what is wrong only once the form was sent', async () => {
		const screen = await render(DateField, { id: 'on', legend: 'When?', today: '2025-04-10' });
		expect(screen.container.querySelector('.error')).toBeNull();
		await screen.rerender({ show: true });
		await expect
			.poll(() => screen.container.querySelector('.error')?.textContent)
			.toBe('Error: Type the day, the month and the year.');
	});
});

describe('the error summary', () => {
	it('takes the focus and leads to the field', async () => {
		await render(DateField, { id: 'on', legend: 'When?', today: '2025-04-10', show: true });
		const screen = await render(ErrorSummary, { errors: [{ field: 'on', text: 'Type the year too.' }] });
		expect(document.activeElement?.getAttribute('role')).toBe('alert');
		await screen.getByRole('link', { name: 'Type the year too.' }).click();
		expect(document.activeElement?.id).toBe('on');
	});
});

describe('the child switcher', () => {
	it('opens the list of the phone and says which child', async () => {
		const chosen: string[] = [];
		const kids = [
			{ id: 'a', name: 'Amira' },
			{ id: 'b', name: 'Leo' }
		];
		const screen = await render(TopBar, { kids, current: 'a', onswitch: (id: string) => chosen.push(id) });
		await userEvent.selectOptions(screen.getByLabelText('Child'), 'Leo');
		expect(chosen).toEqual(['b']);
	});
});

describe('the ribbon', () => {
	it('is one picture with one sentence', async () => {
		const ribbon = {
			unit: 'week' as const,
			of: 20,
			at: 13,
			past: 0,
			gates: [
				{ at: 6, rule: 'a', state: 'done' as const },
				{ at: 16, rule: 'b', state: 'ahead' as const }
			]
		};
		const screen = await render(Hero, { title: 'Week 13', rest: 'of 20', ribbon });
		await expect
			.element(screen.getByRole('img', { name: 'Week 13 of 20. Week 6 is done. Next: week 16.' }))
			.toBeVisible();
	});
});

describe('the icons', () => {
	it.each(Object.keys(SHAPES) as IconName[])('%s is drawn whole, inside its square', async (name) => {
		const { container } = await render(Icon, { name });
		const box = (container.querySelector('path') as SVGPathElement).getBBox();
		expect(box.x).toBeGreaterThanOrEqual(0);
		expect(box.y).toBeGreaterThanOrEqual(0);
		expect(box.x + box.width).toBeLessThanOrEqual(24);
		expect(box.y + box.height).toBeLessThanOrEqual(24);
	});
});

describe('words that only a screen reader hears', () => {
	it('do not run into the words beside them', async () => {
		const hero = await render(Hero, { title: 'Week 13', rest: 'of 20' });
		expect(hero.container.querySelector('h1')?.textContent).toBe('Week 13 of 20');
		const screen = await render(PersonRow, { name: 'Dawn Harris', phone: '01632960144' });
		await expect.element(screen.getByRole('link', { name: 'Call Dawn Harris' })).toBeVisible();
	});
});

describe('the polite voice', () => {
	it('says each sentence once, and not what was taken back', async () => {
		const screen = await render(LiveRegion);
		announce('Back online.', 0);
		announce('Back online.', 0);
		announce('No internet. You can carry on.', 0);
		unannounce('No internet. You can carry on.');
		await expect.element(screen.getByRole('status')).toHaveTextContent('Back online.');
	});
});

describe('a dialog', () => {
	it('closes with Escape and says what it is', async () => {
		const screen = await render(Dialog, {
			open: true,
			title: 'Remove everything?',
			actions: words('Keep it')
		});
		await expect.element(screen.getByRole('dialog', { name: 'Remove everything?' })).toBeVisible();
		await userEvent.keyboard('{Escape}');
		await expect.element(screen.getByRole('dialog')).not.toBeInTheDocument();
	});
});
