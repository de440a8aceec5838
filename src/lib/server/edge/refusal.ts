import type { ApiRefusal } from '#contract/sync/pull.ts';
import { faultLine } from '../fault-line.ts';

const STATUS: Record<ApiRefusal['code'], number> = {
	bad_request: 400,
	needs_sign_in: 401,
	not_found: 404,
	too_large: 413,
	client_too_old: 426,
	too_many: 429,
	unavailable: 503,
	code_wrong: 422,
	code_used: 422,
	code_expired: 422,
	code_dead: 422,
	birth_date_wrong: 422,
	revoked: 401,
	proof_needed: 403,
	proof_wrong: 422,
	other_person: 422,
	address_taken: 422,
	chunk_wrong: 422
};

/** Thrown by an endpoint's work; `answering` turns it into the response. Holds nothing but a code. */
export class Refusal extends Error {
	readonly body: ApiRefusal;
	constructor(code: ApiRefusal['code'], more: Omit<ApiRefusal, 'code'> = {}) {
		super(code);
		this.body = { ...more, code };
	}
}

/** Every answer of the API: never stored by a browser or a proxy. */
export function answer(
	body: unknown,
	{ status = 200, headers = {} }: { status?: number; headers?: Record<string, string> } = {}
): Response {
	return Response.json(body, { status, headers: { 'cache-control': 'no-store', ...headers } });
}

/** Runs an endpoint. A Refusal becomes its `{ code }`; anything else is logged without the request and becomes `unavailable`. */
export async function answering(work: () => Promise<Response>): Promise<Response> {
	try {
		return await work();
	} catch (problem) {
		const refusal = problem instanceof Refusal ? problem : new Refusal('unavailable');
		if (refusal !== problem) console.error('api:', faultLine(problem));
		const wait = refusal.body.retryAfter;
		return answer(refusal.body, {
			status: STATUS[refusal.body.code],
			...(wait !== undefined && { headers: { 'retry-after': String(wait) } })
		});
	}
}
