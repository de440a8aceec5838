import { mendCode } from '#contract/access/code.ts';
import { redeemAnswer } from '#contract/access/redeem.ts';
import { StorageFull } from '#store/errors.ts';
import type { PullStore } from '#store/pull-store.ts';
import type { RedeemOutcome } from './status.ts';
import type { Post, Reply } from './transport.ts';

type Refused = Extract<RedeemOutcome, { ok: false }>;
const KNOWN: readonly string[] = [
	'code_wrong',
	'code_used',
	'code_expired',
	'code_dead',
	'birth_date_wrong',
	'too_many'
] satisfies Refused['why'][];

/** A letter's code for a session. The place to keep it is made ready first: a code is good only once. */
export async function redeem(
	{ store, post }: { store: PullStore; post: Post },
	code: string,
	bornOn: string
): Promise<RedeemOutcome> {
	const mended = mendCode(code);
	// A slip of the finger is told at once and costs none of the five tries.
	if (!mended) return { ok: false, why: 'code_wrong' };
	try {
		const position = await store.position(true);
		if (!position) return { ok: false, why: 'unavailable' };
		const ask = { code: mended, bornOn, deviceId: position.deviceId, deviceName: 'Phone' };
		const reply = await post('/api/activation/redeem', ask);
		if (!reply.ok) return refused(reply);
		const answer = redeemAnswer.safeParse(reply.json);
		if (!answer.success) return { ok: false, why: 'unavailable' };
		await store.openAccount({ userId: answer.data.userId, scopes: answer.data.scopes });
		return { ok: true, caseId: answer.data.caseId };
	} catch (error) {
		return { ok: false, why: error instanceof StorageFull ? 'storage_full' : 'unavailable' };
	}
}

function refused(reply: Extract<Reply, { ok: false }>): Refused {
	if (reply.why !== 'refused') return { ok: false, why: reply.why };
	if (reply.code === 'client_too_old') return { ok: false, why: 'update_needed' };
	// What is left (a malformed date, say) is nothing that this family did wrong twice.
	const why = (KNOWN.includes(reply.code) ? reply.code : 'unavailable') as Refused['why'];
	return { ok: false, why, ...(reply.retryAfter === undefined ? {} : { retryAfter: reply.retryAfter }) };
}
