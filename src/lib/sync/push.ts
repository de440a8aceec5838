import {
	PUSH_MUTATIONS,
	pushAnswer,
	type Ack,
	type PushedMutation,
	type PushRequest,
	type Stop
} from '#contract/sync/push.ts';
import { PROTO, SCHEMA } from '#contract/version.ts';
import type { PushStore } from '#store/outbox.ts';
import type { Post, Reply } from './transport.ts';

/**
 * done: nothing is left that could be sent; key: no key of the server's opens it, a pull brings the right one; locked: it has to be
 * numbered anew, which needs an open phone; confused: answers that lead nowhere. Whatever it is, what was not answered stays in the outbox.
 */
export type PushResult =
	| { why: 'done'; settled: number }
	| { why: 'key'; unopened: PushedMutation }
	| { why: 'locked' | 'confused' }
	| Extract<Reply, { ok: false }>;

/** Of envelopes, in one request: what stands around fifty of them leaves it below the 480 KiB that the server reads. */
const BYTES = 400_000;
/** Fifty are halved to one in six rounds; more that settle nothing are a circle. */
const FRUITLESS = 12;
/** 50,000 changes: no phone holds them. */
const ROUNDS = 1_000;
/** One mends a copied phone, and one more a copy of the copy. */
const FORKS = 2;

type Parts = {
	store: PushStore;
	post: Post;
	heard?: ((serverTime: string, sent: number, got: number) => void) | undefined;
	now?: () => number;
};
/** `fruitless`: rounds in a row; `missed`: numbers that offering them again does not bring to the server. */
type Going = { most: number; settled: number; fruitless: number; missed: Set<number>; forks: number };

/**
 * Sends what waits, oldest first, until nothing is left (sync-and-security §2.5). An item leaves the outbox only by the server's answer to
 * it, so a kill, a lost request and a lost answer all end the same way: it is sent again, and the server knows it.
 */
export async function pushAll({ store, post, heard, now = Date.now }: Parts): Promise<PushResult> {
	const going: Going = { most: PUSH_MUTATIONS, settled: 0, fruitless: 0, missed: new Set(), forks: 0 };
	for (let round = 0; round < ROUNDS && going.fruitless < FRUITLESS; round++) {
		const offer = await store.offer(going.most, BYTES);
		if (!offer) return { why: 'done', settled: going.settled };
		const { deviceId, mutations } = offer;
		const body: PushRequest = { proto: PROTO, schema: SCHEMA, deviceId, mutations };
		const reply = await post('/api/sync/push', body);
		going.fruitless++;
		if (!reply.ok) {
			if (reply.why !== 'refused' || reply.code !== 'too_large') return reply;
			const alone = half(mutations, going);
			if (alone) await store.acknowledge([tooLarge(alone)], new Date(now()).toISOString());
			continue;
		}
		const answer = pushAnswer.safeParse(reply.json);
		if (!answer.success) return { ok: false, why: 'unavailable' };
		const { serverTime, acks, stopped } = answer.data;
		heard?.(serverTime, reply.sent, reply.got);
		if (acks.length > 0) await store.acknowledge(acks, serverTime);
		const left = mutations.filter(({ mid }) => !acks.some((ack) => ack.mid === mid));
		const settled = mutations.length - left.length;
		if (settled > 0) gotThrough(settled, going);
		if (stopped?.code === 'unknown_key' && left[0]) return { why: 'key', unopened: left[0] };
		const stuck = stopped ? await mend(stopped, store, going) : settled === 0 ? 'confused' : null;
		if (stuck) return { why: stuck };
	}
	return { why: 'confused' };
}

function gotThrough(settled: number, going: Going): void {
	going.settled += settled;
	going.most = Math.min(PUSH_MUTATIONS, going.most * 2);
	going.fruitless = 0;
}

/** Fewer next time. Answers with the one that is too large alone. */
function half(mutations: readonly PushedMutation[], going: Going): PushedMutation | null {
	const [first] = mutations;
	if (mutations.length > 1 || !first) {
		going.most = Math.floor(mutations.length / 2);
		return null;
	}
	// When the server misses its number, offering it again does not help.
	going.missed.add(first.seq);
	going.fruitless = 0;
	return first;
}

const tooLarge = ({ mid, seq }: PushedMutation): Ack => ({ mid, seq, status: 'rejected', code: 'too_large' });

/** Null: what the server stopped at is put right here, and the next round may go on. */
async function mend(
	{ code, expected }: Stop,
	store: PushStore,
	going: Going
): Promise<'locked' | 'confused' | null> {
	if (code === 'gap' && expected !== undefined && !going.missed.has(expected)) {
		going.missed.add(expected);
		await store.reoffer(expected);
		return null;
	}
	if (code === 'unknown_key' || ++going.forks > FORKS) return 'confused';
	going.missed.clear();
	return (await store.fork()) ? null : 'locked';
}
