import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { render } from 'vitest-browser-svelte';
import { fillTyped, readTyped } from '#features/lock/typed-words.ts';
import DateField from '#ui/field/DateField.svelte';
import SecretField from '#ui/field/SecretField.svelte';
import Select from '#ui/field/Select.svelte';
import Switch from '#ui/field/Switch.svelte';
import TextField from '#ui/field/TextField.svelte';

let form: HTMLElement;
beforeEach(() => {
	document.body.replaceChildren();
	form = document.body
		.appendChild(document.createElement('main'))
		.appendChild(document.createElement('form'));
});
afterEach(() => document.body.replaceChildren());

const options = [
	{ value: 'a', label: 'First' },
	{ value: 'b', label: 'Second' }
];
async function draw() {
	const at = { baseElement: document.body };
	const put = (component: unknown, props: object) =>
		render(component as never, { props, target: form } as never, at);
	await put(TextField, { id: 'note', label: 'Note', long: true });
	await put(TextField, { id: 'name', label: 'Name', value: 'as it was' });
	await put(Select, { id: 'which', label: 'Which', options });
	await put(DateField, { id: 'on', legend: 'When', today: '2026-11-25' });
	await put(SecretField, { id: 'pin', label: 'Your numbers', numbers: true });
}
function type(id: string, value: string) {
	const field = document.getElementById(id) as HTMLInputElement;
	field.value = value;
	field.dispatchEvent(new Event('input', { bubbles: true }));
	field.dispatchEvent(new Event('change', { bubbles: true }));
}

describe('words that were typed and not saved', () => {
	it('are what differs from how it was drawn, and never a secret', async () => {
		await draw();
		expect(readTyped()).toEqual({});
		type('note', 'Rang again\nNo answer');
		type('which', 'b');
		type('on', '8');
		type('pin', '482915');
		(document.querySelector('.secret button') as HTMLElement).click();
		await expect.poll(() => (document.getElementById('pin') as HTMLInputElement).type).toBe('text');
		expect(readTyped()).toEqual({ note: 'Rang again\nNo answer', which: 'b', on: '8' });
	});

	it('leave alone what works at once and stands in no form', async () => {
		const outside = form.parentElement!.appendChild(document.createElement('div'));
		await render(Switch as never, { props: { label: 'Easy Read' }, target: outside } as never, {
			baseElement: document.body
		});
		(outside.querySelector('input') as HTMLInputElement).id = 'easy';
		(outside.querySelector('input') as HTMLInputElement).click();
		expect(readTyped()).toEqual({});
	});

	it('come back into the fields, also into those that are drawn later, and only once', async () => {
		let done = 0;
		fillTyped({ note: 'Rang again', which: 'b', on: '8', gone: 'x' }, () => void done++);
		await draw();
		const value = (id: string) => (document.getElementById(id) as HTMLInputElement).value;
		await expect.poll(() => value('note')).toBe('Rang again');
		expect([value('which'), value('on'), done]).toEqual(['b', '8', 0]);
		type('note', 'Mine now');
		const last = form.appendChild(document.createElement('input'));
		last.id = 'gone';
		await expect.poll(() => done).toBe(1);
		expect([value('gone'), value('note')]).toEqual(['x', 'Mine now']);
	});

	it('never replace what the person typed since', async () => {
		await draw();
		type('note', 'Newer');
		fillTyped({ note: 'Older' }, () => {});
		expect((document.getElementById('note') as HTMLInputElement).value).toBe('Newer');
	});
});
