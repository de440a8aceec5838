/**
 * What a person has typed and not saved yet, when the screen is taken down by the lock. Read from the page itself, so that no
 * form has to know of it, and given back field by field as the form is drawn again.
 */
export type Typed = Record<string, string>;

type Field = HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement;
/** Never kept: what opens something, and what a page may not set (a chosen file). */
const NOT = ['password', 'file', 'hidden', 'submit', 'button'];
const isTick = (field: Field): field is HTMLInputElement =>
	field.type === 'radio' || field.type === 'checkbox';

function changed(field: Field): boolean {
	if (field instanceof HTMLSelectElement) return field.selectedIndex > 0;
	if (isTick(field)) return field.checked !== field.defaultChecked;
	return field.value !== field.defaultValue;
}

/** Fields of a form that differ from how they were drawn. What works at once (Settings) stands in no form and is kept already. */
export function readTyped(page: Document = document): Typed {
	const fields = page.querySelectorAll<Field>('main form :is(input, textarea, select)[id]');
	return Object.fromEntries(
		[...fields]
			.filter((field) => !NOT.includes(field.type) && !field.closest('.secret') && changed(field))
			.map((field) => [field.id, isTick(field) ? String(field.checked) : field.value])
	);
}

function giveBack(field: Field, value: string): void {
	if (isTick(field)) field.checked = value === 'true';
	else field.value = value;
	// As if it had been typed: whatever listens to the person listens to this.
	field.dispatchEvent(new Event('input', { bubbles: true }));
	field.dispatchEvent(new Event('change', { bubbles: true }));
}

/**
 * Fills each field once, when it is drawn; a form that is behind a tap is filled after the tap. `done` is called when nothing is
 * left. Returns the way to stop.
 */
export function fillTyped(typed: Typed, done: () => void, page: Document = document): () => void {
	const left = new Map(Object.entries(typed));
	const watch = new MutationObserver(fill);
	function fill() {
		for (const [id, value] of left) {
			const field = page.getElementById(id) as Field | null;
			if (!field) continue;
			left.delete(id);
			// What the person has typed since is theirs.
			if (!changed(field)) giveBack(field, value);
		}
		if (left.size > 0) return;
		watch.disconnect();
		done();
	}
	watch.observe(page.body, { childList: true, subtree: true });
	fill();
	return () => watch.disconnect();
}
