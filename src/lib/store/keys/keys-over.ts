import { Damaged, Locked } from '../errors.ts';
import type { KeyCore } from './key-core.ts';
import type { Ask, KeyThread, Port, Reply } from './serve-keys.ts';

export type RemoteKeys = KeyCore & {
	/** From now on every question, also those under way, is answered with Locked. */
	end(): void;
	alive(): boolean;
};

/**
 * The page's side. `argonUrl` tells where the stretching of PINs lies; it is asked for, and the thread told, only when something typed
 * is set or tried.
 */
export function keysOver(port: Port, argonUrl: () => Promise<string>): RemoteKeys {
	const waiting = new Map<number, PromiseWithResolvers<unknown>>();
	let next = 0;
	let ended = false;
	port.addEventListener('message', ({ data }) => {
		const reply = data as Reply;
		const one = waiting.get(reply.n);
		waiting.delete(reply.n);
		if ('ok' in reply) one?.resolve(reply.ok);
		else one?.reject(failure(reply.error));
	});
	function ask(name: keyof KeyThread, args: unknown[]): Promise<never> {
		if (ended) return Promise.reject(new Locked());
		const one = Promise.withResolvers<unknown>();
		const n = next++;
		waiting.set(n, one);
		port.postMessage({ n, name, args } satisfies Ask);
		return one.promise as Promise<never>;
	}
	let told: Promise<unknown> | null = null;
	/** A question about something that may have been typed. */
	async function typed(name: keyof KeyCore, args: unknown[], secret: object): Promise<never> {
		if ('text' in secret) {
			told ??= argonUrl().then((url) => ask('learn', [url]));
			await told.catch((error: unknown) => {
				told = null;
				throw error;
			});
		}
		return ask(name, args);
	}
	return {
		create: (...args) => ask('create', args),
		unlock: (...args) => typed('unlock', args, args[1]),
		wrapFor: (...args) => typed('wrapFor', args, args[0]),
		newScope: (...args) => ask('newScope', args),
		seal: (...args) => ask('seal', args),
		open: (...args) => ask('open', args),
		forget: (...args) => ask('forget', args),
		sealFile: (...args) => typed('sealFile', args, args[0]),
		openFile: (...args) => typed('openFile', args, args[0]),
		end() {
			ended = true;
			for (const one of waiting.values()) one.reject(new Locked());
			waiting.clear();
		},
		alive: () => !ended
	};
}

/** Errors lose their class on the way. */
function failure(name: string): Error {
	if (name === 'Damaged') return new Damaged();
	return name === 'Locked' ? new Locked() : new Error(`The key worker failed: ${name}`);
}
