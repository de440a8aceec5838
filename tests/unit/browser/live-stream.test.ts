import { afterEach, expect, test, vi } from 'vitest';
import { eventStream } from '#browser/live-stream.ts';

/** As much of a browser's EventSource as the stream listens to. */
class Line extends EventTarget {
	static readonly CLOSED = 2;
	static last: Line;
	readyState = 0;
	constructor() {
		super();
		Line.last = this;
	}
	close() {
		this.readyState = Line.CLOSED;
	}
}
afterEach(() => vi.unstubAllGlobals());

test('a line that comes back is a reason to look: what was said meanwhile is lost', () => {
	vi.stubGlobal('EventSource', Line);
	let pokes = 0;
	let over = 0;
	eventStream('/api/sync/live', { poke: () => pokes++, ended: () => over++ });
	const say = (event: string) => Line.last.dispatchEvent(new Event(event));
	say('open');
	expect(pokes).toBe(0);
	say('poke');
	expect(pokes).toBe(1);
	// The browser tries again by itself.
	say('error');
	say('open');
	expect([pokes, over]).toEqual([2, 0]);
	Line.last.close();
	say('error');
	expect([pokes, over]).toEqual([2, 1]);
});
