import { apiRefusal, type ApiRefusal } from '#contract/sync/pull.ts';
import type { Clock } from '#browser/now.ts';

/**
 * offline: nothing of ours answered (no network, a timeout, a café's sign-in page); refused: our server said no, with a code
 * of its closed vocabulary; unavailable: it answered, and not with anything usable.
 */
export type Reply =
	| { ok: true; json: unknown; sent: number; got: number }
	| { ok: false; why: 'offline' | 'unavailable' }
	| { ok: false; why: 'refused'; code: ApiRefusal['code']; retryAfter?: number };

export type Post = (path: string, body: unknown) => Promise<Reply>;

/** A page of 256 KiB on a slow 2G line takes about this long. */
const PATIENCE = 45_000;

/** JSON to our own server and back; never throws. */
export function createPost({ ask, clock }: { ask: typeof fetch; clock: Clock }): Post {
	return async (path, body) => {
		const patience = new AbortController();
		const calm = clock.after(PATIENCE, () => patience.abort());
		const sent = clock.now();
		try {
			const answer = await ask(path, {
				method: 'POST',
				headers: { 'content-type': 'application/json', 'X-Alongside': '1' },
				body: JSON.stringify(body),
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
	};
}

function refusal(answer: Response, json: unknown): Reply {
	const told = apiRefusal.safeParse(json);
	const code = told.success ? told.data.code : answer.status === 401 ? 'needs_sign_in' : null;
	if (!code || code === 'unavailable') return { ok: false, why: 'unavailable' };
	const seconds =
		(told.success ? told.data.retryAfter : undefined) ?? Number(answer.headers.get('retry-after') ?? NaN);
	return { ok: false, why: 'refused', code, ...(Number.isFinite(seconds) ? { retryAfter: seconds } : {}) };
}
