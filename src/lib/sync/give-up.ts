import { QUARANTINE_ITEMS } from '#contract/access/quarantine.ts';
import type { Envelope } from '#contract/access/quarantine.ts';
import type { OpenRow } from '#store/family-store.ts';
import { sealToServer, type ServerKey } from '#store/keys/envelope.ts';
import type { PhoneStore } from '#store/phone-store.ts';
import type { Post } from './transport.ts';

export type Leaving = {
	store: Pick<PhoneStore, 'rows' | 'profile' | 'removeEverything'> & Partial<Pick<PhoneStore, 'lock'>>;
	post: Post;
	/** Takes the app's own files off the phone too. */
	forgetWorker: () => Promise<void>;
};

/** About 40 kB of rows an envelope: ten of them stay below what the server reads at once. */
const ROWS = 25;
const ENVELOPES = Math.min(10, QUARANTINE_ITEMS);
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
	const rows = ownRows(store);
	if (key && rows.length > 0 && !(await handOver(post, await sealed(key, rows)))) return false;
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

async function sealed(
	key: ServerKey,
	rows: readonly OpenRow[]
): Promise<{ id: string; envelope: Envelope }[]> {
	const items: { id: string; envelope: Envelope }[] = [];
	for (let at = 0; at < rows.length; at += ROWS) {
		const bytes = utf8.encode(JSON.stringify({ rows: rows.slice(at, at + ROWS) }));
		items.push({ id: crypto.randomUUID(), envelope: await sealToServer(key, bytes) });
	}
	return items;
}

/** True when the server has it, or will not have it any more (its day is over, its room is full). */
async function handOver(post: Post, items: { id: string; envelope: Envelope }[]): Promise<boolean> {
	for (let at = 0; at < items.length; at += ENVELOPES) {
		const reply = await post('/api/quarantine', { items: items.slice(at, at + ENVELOPES) });
		if (!reply.ok && reply.why !== 'refused') return false;
		if (!reply.ok && reply.code === 'too_many') return false;
	}
	return true;
}
