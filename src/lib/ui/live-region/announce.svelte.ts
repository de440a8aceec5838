/**
 * The one polite voice of the app. Messages wait for their turn: a screen reader drops what is replaced too fast. The router's
 * own announcer says page titles, so nothing here repeats one.
 */
const state = $state({ text: '' });
const queue: string[] = [];
let timer: ReturnType<typeof setTimeout> | undefined;

/** Long enough for a screen reader to begin a sentence before the next replaces it (design.md §3.3). */
const BETWEEN_MS = 1000;

function next(): void {
	timer = undefined;
	const text = queue.shift();
	state.text = text ?? '';
	if (text !== undefined) timer = setTimeout(next, BETWEEN_MS * 3);
}

/** Says a short sentence once. The same sentence already waiting is not said twice. `after`: 3000 for what may flicker. */
export function announce(text: string, after = BETWEEN_MS): void {
	if (queue.includes(text)) return;
	queue.push(text);
	timer ??= setTimeout(next, after);
}

/** Takes back what has not been said yet ("No internet", when it came back before the sentence). False: it has been said. */
export function unannounce(text: string): boolean {
	const at = queue.indexOf(text);
	if (at < 0) return false;
	queue.splice(at, 1);
	return true;
}

export const spoken = (): string => state.text;
