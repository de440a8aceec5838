import type { LiveStream, OpenStream } from '#browser/live-stream.ts';
import type { Exclusive } from '#browser/tabs.ts';

/**
 * The line on which the server says "something changed". A hint only: nothing is lost without it. One tab of a phone holds it
 * (the server ends the older of two), and only while somebody looks.
 */
export function createLive({
	open,
	exclusive,
	poke
}: {
	open: OpenStream;
	exclusive: Exclusive;
	poke: () => void;
}) {
	let wanted = false;
	let release: (() => void) | null = null;

	async function hold(): Promise<void> {
		if (!wanted || release) return;
		let stream: LiveStream | null = null;
		await new Promise<void>((resolve) => {
			release = resolve;
			stream = open('/api/sync/live', { poke, ended: resolve });
		});
		(stream as LiveStream | null)?.close();
		release = null;
	}

	return {
		/** Opens or closes; the same answer twice changes nothing. */
		want(now: boolean) {
			if (now === wanted) return;
			wanted = now;
			if (now) void exclusive('alongside-live', true, hold);
			else release?.();
		}
	};
}
