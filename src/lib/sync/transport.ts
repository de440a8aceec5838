import { apiRefusal, type ApiRefusal } from '#contract/sync/pull.ts';
import type { Clock } from '#browser/now.ts';

/**
 * offline: nothing of ours answered (no network, a timeout, a café's sign-in page); refused: our server said no, with a code
 * of its closed vocabulary; unavailable: it answered, and not with anything usable.
 */
export type Reply =
	| { ok: true; json: unknown; sent: number; got: number }
	| { ok: false; why: 'offline' | 'unavailable'; retryAfter?: number }
	| {
			ok: false;
			why: 'refused';
			code: ApiRefusal['code'];
			retryAfter?: number;
			serverKey?: ApiRefusal['serverKey'];
	  };

export type Post = (path: string, body: unknown) => Promise<Reply>;
export type Get = (path: string) => Promise<Reply>;
export type Put = (path: string, bytes: ArrayBuffer, headers: Record<string, string>) => Promise<Reply>;

/** A page of 256 KiB on a slow 2G line takes about this long. */
const PATIENCE = 45_000;
/** Twice as much goes up in one piece of a file, and up is the slower way. */
const PATIENCE_FOR_PIECES = 180_000;

type Line = { ask: typeof fetch; clock: Clock };

/** JSON to our own server and back; never throws. */
export const createPost =
	(line: Line): Post =>
	(path, body) =>
		talk(line, path, { method: 'POST', body: JSON.stringify(body) });

export const createGet =
	(line: Line): Get =>
	(path) =>
		talk(line, path, { method: 'GET' });

/** A piece of a file, which is no JSON; its answer is. */
export const createPut =
	(line: Line): Put =>
	(path, body, headers) =>
		talk(line, path, {
			method: 'PUT',
			body,
			headers: { 'content-type': 'application/octet-stream', ...headers }
		});

async function talk({ ask, clock }: Line, path: string, init: RequestInit): Promise<Reply> {
	const patience = new AbortController();
	const calm = clock.after(init.method === 'PUT' ? PATIENCE_FOR_PIECES : PATIENCE, () => patience.abort());
	const sent = clock.now();
	try {
		const answer = await ask(path, {
			...init,
			headers: { 'content-type': 'application/json', 'X-Alongside': '1', ...init.headers },
			credentials: 'same-origin',
			cache: 'no-store',
			// A portal sends everybody to its own page; ours never redirects.
			redirect: 'error',
			signal: patience.signal
		});
		if (!answer.headers.get('content-type')?.includes('application/json'))
			return { ok: false, why: 'offline' };
		const json: unknown = await answer.json();
		return answer.ok ? { ok: true, json, sent, got: clock.now() } : refusal(answer, json);
	} catch {
		return { ok: false, why: 'offline' };
	} finally {
		calm();
	}
}

function refusal(answer: Response, json: unknown): Reply {
	const told = apiRefusal.safeParse(json);
	const code = told.success ? told.data.code : answer.status === 401 ? 'needs_sign_in' : null;
	const seconds =
		(told.success ? told.data.retryAfter : undefined) ?? Number(answer.headers.get('retry-after') ?? NaN);
	const wait = Number.isFinite(seconds) ? { retryAfter: seconds } : {};
	if (!code || code === 'unavailable') return { ok: false, why: 'unavailable', ...wait };
	const { serverKey } = told.success ? told.data : {};
	return { ok: false, why: 'refused', code, ...wait, ...(serverKey ? { serverKey } : {}) };
}
