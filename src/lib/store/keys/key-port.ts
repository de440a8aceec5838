import { Damaged, Locked } from '../errors.ts';
import type { KeyCore } from './key-core.ts';

/** The part of Worker and MessagePort that is used. */
export type Port = {
	postMessage(message: unknown): void;
	addEventListener(type: 'message', heard: (event: { data: unknown }) => void): void;
};
type Name = keyof KeyCore;
type Ask = { n: number; name: Name; args: unknown[] };
type Reply = { n: number; ok: unknown } | { n: number; error: string };

/** The worker's side: one answer for each question, in whatever order they end. */
export function serveKeys(port: Port, core: KeyCore): void {
	port.addEventListener('message', ({ data }) => {
		const { n, name, args } = data as Ask;
		const asked = core[name] as (...args: unknown[]) => Promise<unknown>;
		asked(...args).then(
			(ok) => port.postMessage({ n, ok } satisfies Reply),
			(error: unknown) =>
				port.postMessage({ n, error: error instanceof Error ? error.name : 'Error' } satisfies Reply)
		);
	});
}

export type RemoteKeys = KeyCore & {
	/** From now on every question, also those under way, is answered with Locked. */
	end(): void;
	alive(): boolean;
};

/** The page's side. */
export function keysOver(port: Port): RemoteKeys {
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
	function ask(name: Name, args: unknown[]): Promise<never> {
		if (ended) return Promise.reject(new Locked());
		const one = Promise.withResolvers<unknown>();
		const n = next++;
		waiting.set(n, one);
		port.postMessage({ n, name, args } satisfies Ask);
		return one.promise as Promise<never>;
	}
	return {
		create: (...args) => ask('create', args),
		unlock: (...args) => ask('unlock', args),
		wrapFor: (...args) => ask('wrapFor', args),
		newScope: (...args) => ask('newScope', args),
		seal: (...args) => ask('seal', args),
		open: (...args) => ask('open', args),
		forget: (...args) => ask('forget', args),
		sealFile: (...args) => ask('sealFile', args),
		openFile: (...args) => ask('openFile', args),
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
