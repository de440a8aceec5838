import { QUARANTINE_ITEMS } from '#contract/access/quarantine.ts';
import type { Envelope } from '#contract/access/quarantine.ts';
import type { OpenRow } from '#store/family-store.ts';
import type { Outbox } from '#store/outbox.ts';
import { sealToServer, type ServerKey } from '#store/keys/envelope.ts';
import type { PhoneStore } from '#store/phone-store.ts';
import type { Post } from './transport.ts';

export type Leaving = {
	store: Pick<PhoneStore, 'rows' | 'profile' | 'pull' | 'removeEverything'> &
		Partial<Pick<PhoneStore, 'lock'>> & { outbox?: Pick<Outbox, 'items'> };
	post: Post;
	/** Takes the app's own files off the phone too. */
	forgetWorker: () => Promise<void>;
};

/**
 * Bytes of rows in one envelope, and envelopes in one request: sealed and as base64 (4/3) ten stay below the 480 KiB that the server
 * reads at once. A single longer row travels alone.
 */
const BYTES = 30_000;
const ENVELOPES = Math.min(10, QUARANTINE_ITEMS);
/** The work will never be taken: its day is over, or the server cannot read what this app writes. */
const NEVER: readonly string[] = ['needs_sign_in', 'bad_request', 'too_large'];
const utf8 = new TextEncoder();

/**
 * This phone was taken off its person's list. What exists only here is sealed to the server's key and handed over, unread;
 * then everything of this person is deleted, and the app itself when nobody else's data is on the phone. Returns false when
 * the hand-over could not be heard (no connection): nothing was deleted then, and the next try goes on.
 */
export async function giveUp(
	{ store, post, forgetWorker }: Leaving,
	key: ServerKey | undefined
): Promise<boolean> {
	const to = key ?? (await store.pull.serverKey());
	const items = to
		? [...(await sealed(to, 'rows', ownRows(store))), ...(await sealed(to, 'outbox', unsent(store)))]
		: [];
	if (!(await handOver(post, items))) return false;
	const others = (await store.lock?.profiles().catch(() => [])) ?? [];
	const alone = !others.some((one) => !one.current);
	await store.removeEverything('mine');
	if (alone) await forgetWorker();
	await post('/api/session/end', { wiped: true, alone });
	return true;
}

/** What the family typed on this phone: the server has no copy. */
function ownRows(store: Leaving['store']): readonly OpenRow[] {
	const me = store.profile()?.id;
	return me ? store.rows().filter((row) => row.scope.endsWith(`:${me}`)) : [];
}

/** What the server never took: it waits, or was refused. */
const unsent = ({ outbox }: Leaving['store']) =>
	(outbox?.items() ?? []).filter(({ state }) => state !== 'received');

async function sealed(
	key: ServerKey,
	name: 'rows' | 'outbox',
	what: readonly unknown[]
): Promise<{ id: string; envelope: Envelope }[]> {
	const items: { id: string; envelope: Envelope }[] = [];
	for (const part of parts(what)) {
		const bytes = utf8.encode(`{"${name}":[${part.join(',')}]}`);
		items.push({ id: crypto.randomUUID(), envelope: await sealToServer(key, bytes) });
	}
	return items;
}

/** Things as JSON, gathered until an envelope is full. */
function parts(what: readonly unknown[]): string[][] {
	const full: string[][] = [];
	let room = 0;
	for (const one of what) {
		const text = JSON.stringify(one);
		room -= utf8.encode(text).length;
		if (room < 0 || full.length === 0) {
			full.push([]);
			room = BYTES - utf8.encode(text).length;
		}
		full.at(-1)!.push(text);
	}
	return full;
}

/** Requests of several envelopes; one that a long row made large goes by itself. */
function requests<T extends { envelope: Envelope }>(items: readonly T[]): T[][] {
	const small = items.filter(({ envelope }) => envelope.ct.length <= BYTES * 1.5);
	const asks: T[][] = items.filter((item) => !small.includes(item)).map((item) => [item]);
	for (let at = 0; at < small.length; at += ENVELOPES) asks.push(small.slice(at, at + ENVELOPES));
	return asks;
}

/** True when the server has it, or will never have it. A newer server, a busy one and one that is ill are asked again. */
async function handOver(post: Post, items: { id: string; envelope: Envelope }[]): Promise<boolean> {
	for (const ask of requests(items)) {
		const reply = await post('/api/quarantine', { items: ask });
		if (!reply.ok && !(reply.why === 'refused' && NEVER.includes(reply.code))) return false;
	}
	return true;
}
