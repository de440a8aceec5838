import type { Change } from '../db/transaction.ts';
import type { LiveHub } from './live-hub.ts';

/** Proxies close a silent connection after 30 to 60 s. */
const HEARTBEAT_MS = 25_000;
/** A phone that lost the stream waits this long before it tries again. */
const RETRY_MS = 5_000;

/** Scopes of the session now, or null when it has ended. Asked again at every second heartbeat, so that a revoked phone hears no more. */
export type StillReads = () => Promise<ReadonlySet<string> | null>;

/**
 * A stream of pokes `event: poke, data: {scope, ver}` for one device, or null when the node is full. No content, ever; a
 * phone that misses all of it still converges by pulling.
 */
export function liveStream(
	hub: LiveHub,
	device: string,
	reads: { scopes: ReadonlySet<string>; still: StillReads }
): ReadableStream<Uint8Array> | null {
	const encoder = new TextEncoder();
	let leave: (() => void) | null = null;
	let timer: NodeJS.Timeout | null = null;
	let controller!: ReadableStreamDefaultController<Uint8Array>;
	const stop = () => {
		if (timer) clearInterval(timer);
		leave?.();
	};
	const end = () => {
		stop();
		try {
			controller.close();
		} catch {
			// The phone had gone already.
		}
	};
	const send = (text: string) => controller.enqueue(encoder.encode(text));
	const stream = new ReadableStream<Uint8Array>({
		start: (given) => void (controller = given),
		cancel: stop
	});
	const listener = {
		device,
		scopes: reads.scopes,
		end,
		poke: ({ scope, ver }: Change) => {
			send(`event: poke\ndata: ${JSON.stringify({ scope, ver })}\n\n`);
			// A person's own scope also moves when what they may read does: whoever was shut out hears no more of the rest.
			if (scope.startsWith('user:')) void look().catch(end);
		}
	};
	leave = hub.join(listener);
	if (!leave) return null;
	send(`retry: ${RETRY_MS}\n: open\n\n`);
	const look = async () => {
		const scopes = await reads.still().catch(() => listener.scopes);
		const lost = [...listener.scopes].some((id) => !scopes?.has(id));
		// The phone comes back with what it may still read, and pulls then.
		if (scopes === null || lost) return end();
		listener.scopes = scopes;
	};
	let beats = 0;
	const beat = async () => {
		if (++beats % 2 === 0) await look();
		send(': \n\n');
	};
	timer = setInterval(() => void beat().catch(end), HEARTBEAT_MS).unref();
	return stream;
}
