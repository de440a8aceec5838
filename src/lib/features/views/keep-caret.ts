import { tick } from 'svelte';

/** The words of a field change under the person who types there: what they are at stays where it is. */
export function keepCaret(id: string, was: string, now: string): void {
	const field = document.getElementById(id);
	if (!(field instanceof HTMLTextAreaElement) || document.activeElement !== field) return;
	const { selectionStart, selectionEnd } = field;
	const moved = (at: number) => caretAfter(was, now, at);
	void tick().then(() => field.setSelectionRange(moved(selectionStart), moved(selectionEnd)));
}

/** Where a place in `was` is in `now`: before, after or at the start of the part that changed. */
export function caretAfter(was: string, now: string, at: number): number {
	const most = Math.min(was.length, now.length);
	let start = 0;
	while (start < most && was[start] === now[start]) start++;
	let end = 0;
	while (end < most - start && was[was.length - 1 - end] === now[now.length - 1 - end]) end++;
	if (at <= start) return at;
	if (at >= was.length - end) return at + now.length - was.length;
	return start;
}
