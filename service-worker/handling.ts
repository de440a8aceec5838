import { isLanguageFile, SHELL } from './precache.ts';

/**
 * pass: the worker keeps out, the browser asks the network as if there were no worker; shell: the family's app; page: a public
 * page, from the network or else the shell; built: a hashed file of this build or an older one; language: kept when fetched;
 * named: a file of the shell under a plain name.
 */
export type Handling = 'pass' | 'shell' | 'page' | 'built' | 'language' | 'named';

export type Asked = { method: string; mode: string; url: string };

/** Sync, sign-in, staff, health and the worker itself: always the server's own answer, never a copy. */
const NEVER = [
	/^\/api(\/|$)/,
	/^\/healthz(\/|$)/,
	/^\/staff(\/|$)/,
	/^\/sign-in(\/|$)/,
	/^\/service-worker\.js$/
];

export function handling(asked: Asked, origin: string, named: ReadonlySet<string>): Handling {
	const url = new URL(asked.url);
	if (asked.method !== 'GET' || url.origin !== origin) return 'pass';
	const path = url.pathname;
	if (NEVER.some((never) => never.test(path))) return 'pass';
	if (asked.mode === 'navigate') return path === SHELL || path.startsWith(`${SHELL}/`) ? 'shell' : 'page';
	if (isLanguageFile(path)) return 'language';
	if (path.startsWith('/_app/immutable/')) return 'built';
	return named.has(path) ? 'named' : 'pass';
}

/** Three seconds: then a page that opens now is worth more than a fresher one that may never come. */
export const PATIENCE = 3_000;
/** What stands before our server says these when it is down; the family should still get in. */
const DOWN = new Set([502, 503, 504]);

type Ways = {
	network: () => Promise<Response>;
	shell: () => Promise<Response | undefined>;
	after: (ms: number) => Promise<null>;
};

/** A public page: the network for three seconds, then the shell, whose router shows the same address from the phone. */
export async function networkThenShell({ network, shell, after }: Ways): Promise<Response> {
	const asking = network();
	// Lost after the race was decided: nobody is waiting for it any more.
	asking.catch(() => undefined);
	const answer = await Promise.race([asking.catch(() => null), after(PATIENCE)]);
	if (answer && !DOWN.has(answer.status)) return answer;
	return (await shell()) ?? answer ?? asking;
}
