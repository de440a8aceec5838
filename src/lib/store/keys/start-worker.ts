import { keysOver, type RemoteKeys } from './keys-over.ts';

type Policy = { createScriptURL(url: string): unknown };
type PolicyFactory = { createPolicy(name: string, rules: { createScriptURL(url: string): string }): Policy };
let policy: Policy | null = null;

/** The only URL that this policy lets become code is the key worker's. */
function trusted(url: string, ours: string): string {
	const factory = (globalThis as { trustedTypes?: PolicyFactory }).trustedTypes;
	if (!factory) return url;
	policy ??= factory.createPolicy('alongside-keys', {
		createScriptURL(asked) {
			if (asked !== ours) throw new TypeError('Only the key worker');
			return asked;
		}
	});
	// TrustedScriptURL is not in every lib.dom; the browser takes the object where the type says string.
	return policy.createScriptURL(url) as string;
}

/** A bundler that sees one name of a part asked for drops its others, and the worker needs those: the part is asked for whole. */
const whole = <Part>(part: Part): Part => part;

/** Keys in a thread of their own, gone with it. Throws when the browser cannot start it. */
export async function startKeyWorker(): Promise<RemoteKeys> {
	const { url } = await import('./key-worker.ts');
	const worker = new Worker(trusted(url, url), { type: 'module', name: 'keys' });
	const keys = keysOver(worker, async () => whole(await import('./argon.ts')).url);
	const stop = () => {
		worker.terminate();
		keys.end();
	};
	worker.addEventListener('error', stop);
	return { ...keys, end: stop };
}
