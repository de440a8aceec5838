import { createKeyCore, type KeyCore, type Stretching } from './key-core.ts';

/** The part of Worker and MessagePort that is used. */
export type Port = {
	postMessage(message: unknown): void;
	addEventListener(type: 'message', heard: (event: { data: unknown }) => void): void;
};
/** What the thread can be asked. `learn`: where the stretching of PINs lies, before the first one. */
export type KeyThread = KeyCore & { learn(argonUrl: string): Promise<void> };
export type Ask = { n: number; name: keyof KeyThread; args: unknown[] };
export type Reply = { n: number; ok: unknown } | { n: number; error: string };

/** The worker's side: one answer for each question, in whatever order they end. `fetchArgon` loads the file it was told of. */
export function serveKeys(port: Port, fetchArgon: (url: string) => Promise<Stretching>): void {
	let argonUrl = '';
	const core = createKeyCore({
		again: async (text, how) => (await fetchArgon(argonUrl)).again(text, how),
		anew: async (text) => (await fetchArgon(argonUrl)).anew(text)
	});
	const thread: KeyThread = { ...core, learn: async (url) => void (argonUrl = url) };
	port.addEventListener('message', ({ data }) => {
		const { n, name, args } = data as Ask;
		const asked = thread[name] as (...args: unknown[]) => Promise<unknown>;
		asked(...args).then(
			(ok) => port.postMessage({ n, ok } satisfies Reply),
			(error: unknown) =>
				port.postMessage({ n, error: error instanceof Error ? error.name : 'Error' } satisfies Reply)
		);
	});
}
