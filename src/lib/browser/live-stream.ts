/** A stream of pokes. `ended` is called when the browser gave up on it; while it only retries, nothing is said. */
export type LiveStream = { close(): void };
export type OpenStream = (url: string, on: { poke: () => void; ended: () => void }) => LiveStream;

/** Server-sent events, where the browser has them; a phone without pulls on its timer. */
export const eventStream: OpenStream = (url, on) => {
	if (typeof EventSource === 'undefined') return { close: () => undefined };
	const source = new EventSource(url);
	let opened = false;
	source.addEventListener('open', () => {
		// What was said while the line was down is lost, and a server that ends it means "look again".
		if (opened) on.poke();
		opened = true;
	});
	source.addEventListener('poke', () => on.poke());
	source.addEventListener('error', () => {
		if (source.readyState === EventSource.CLOSED) on.ended();
	});
	return { close: () => source.close() };
};
