import {
	PULL_SCOPES,
	pullAnswer,
	type PullAnswer,
	type PulledScope,
	type PullRequest
} from '#contract/sync/pull.ts';
import { ack, type Ack } from '#contract/sync/push.ts';
import { PROTO, SCHEMA } from '#contract/version.ts';
import type { PushStore } from '#store/outbox.ts';
import type { PullStore, Position } from '#store/pull-store.ts';
import type { Post, Reply } from './transport.ts';

/**
 * done: the phone has read everything it may; nobody: no session is open here; confused: answers do not fit; unkept: the phone
 * could not keep what came.
 */
export type PullResult = { why: 'done' | 'nobody' | 'confused' | 'unkept' } | Extract<Reply, { ok: false }>;

/** A scope may answer this often with something unfit before the phone stops and comes back later. */
const STRIKES = 5;
/** 1,000 pages are 500,000 rows: no family has them, so the server is going round in circles. */
const REQUESTS = 1_000;

type Ask = { page?: string; to?: number; strikes: number };
/** Where the phone stands, and up to which of its own changes it has been answered. */
type Standing = Position & { acked: number | undefined };
type Parts = {
	store: PullStore;
	/** What this phone sends: it hears here what it missed, and offers again what the server forgot. */
	push?: Pick<PushStore, 'acked' | 'acknowledge' | 'reoffer'> & Partial<Pick<PushStore, 'checkpoint'>>;
	post: Post;
	heard?: (serverTime: string, sent: number, got: number) => void;
};

/**
 * Reads every granted scope to its end (sync-and-security §2.4). Pages are applied in their order, each in one transaction, so a
 * kill at any point costs at most the pages since the last cookie. The next page is asked for while this one is sealed and
 * written: its token is in the answer, and asking changes nothing, so an answer that does not fit any more is left.
 */
export async function pullAll({ store, push, post, heard }: Parts): Promise<PullResult> {
	const acked = await push?.acked();
	const stand = async (): Promise<Standing | null> => {
		const here = await store.position();
		return here && { ...here, acked };
	};
	let position = await stand();
	if (!position?.signedIn) return { why: 'nobody' };
	const todo = new Map<string, Ask>(position.scopes.map(({ id }) => [id, { strikes: 0 }]));
	let ahead: { body: string; told: Promise<Told> } | undefined;
	for (let requests = 0; requests < REQUESTS && position; requests++) {
		const body = request(position, todo);
		const fits = ahead?.body === JSON.stringify(body);
		const told = await (fits && ahead ? ahead.told : askFor(post, body));
		ahead = undefined;
		if (!told.ok) return told;
		const { answer } = told;
		heard?.(answer.serverTime, told.sent, told.got);
		if (answer.epoch !== position.epoch) {
			// All of it, not only from `lastSeq` on: a copied phone may have used our numbers since.
			if (position.epoch !== null) await push?.reoffer(1);
			await store.enterEpoch(answer.epoch);
			position = await stand();
			if (!position) break;
			// Page tokens of the old life mean nothing now; first pages are whole copies and may be used.
			if ([...todo.values()].some(({ page }) => page !== undefined)) {
				for (const [id, { strikes }] of todo) todo.set(id, { strikes: strikes + 1 });
				if (confused(todo)) break;
				continue;
			}
		}
		const next = following(answer, { todo, asked: position });
		if (next) ahead = { body: JSON.stringify(next), told: askFor(post, next, store.expect) };
		await take(answer, { store, todo, asked: position });
		if (confused(todo)) break;
		if (todo.size === 0) {
			// Now that the rows of these changes are here.
			const acks = acksIn(answer);
			if (acks.length > 0) await push?.acknowledge(acks, answer.serverTime);
			await push?.checkpoint?.(answer.acks.lastSeq);
			if (answer.serverKey && (await store.serverKey())?.kid !== answer.serverKey.kid)
				await store.keepServerKey(answer.serverKey);
			await store.pulled(answer.serverTime, answer.offlineDays);
			return { why: 'done' };
		}
		position = await stand();
	}
	return { why: position ? 'confused' : 'nobody' };
}

type Told = { ok: true; answer: PullAnswer; sent: number; got: number } | Extract<Reply, { ok: false }>;

/** `expect` hears of every page before its turn: it is sealed while the one before is written. */
async function askFor(post: Post, body: PullRequest, expect?: PullStore['expect']): Promise<Told> {
	const reply = await post('/api/sync/pull', body);
	if (!reply.ok) return reply;
	const parsed = pullAnswer.safeParse(reply.json);
	if (!parsed.success) return { ok: false, why: 'unavailable' };
	if (expect) for (const scope of parsed.data.scopes) expect(scope);
	return { ok: true, answer: parsed.data, sent: reply.sent, got: reply.got };
}

const confused = (todo: Map<string, Ask>) => [...todo.values()].some(({ strikes }) => strikes >= STRIKES);

/** What does not read as an acknowledgement is left: the push that asks again hears it. */
function acksIn({ acks }: PullAnswer): Ack[] {
	return acks.recent.flatMap((one) => {
		const read = ack.safeParse(one);
		return read.success ? [read.data] : [];
	});
}

function request(position: Standing, todo: Map<string, Ask>): PullRequest {
	const { deviceId, epoch, acked } = position;
	const scopes = position.scopes
		.filter(({ id }) => todo.has(id))
		.slice(0, PULL_SCOPES)
		.map(({ id, cookie }) => {
			const page = todo.get(id)?.page;
			return { id, cookie, ...(page === undefined ? {} : { page }) };
		});
	return { proto: PROTO, schema: SCHEMA, deviceId, epoch, ...(acked === undefined ? {} : { acked }), scopes };
}

/** What will be asked once this answer is taken and all goes well; null when nothing is left, or the answer needs thought first. */
function following(answer: PullAnswer, { todo, asked }: Omit<Taking, 'store'>): PullRequest | null {
	const known = new Set(asked.scopes.map(({ id }) => id));
	if (!answer.scopes.some(({ next }) => next) || answer.granted.some((id) => !known.has(id))) return null;
	const left = new Map(todo);
	for (const { id, next, to } of answer.scopes) {
		if (next === undefined) left.delete(id);
		else if (left.has(id)) left.set(id, { page: next, to, strikes: 0 });
	}
	return request(asked, left);
}

type Taking = { store: PullStore; todo: Map<string, Ask>; asked: Standing };

async function take(answer: PullAnswer, { store, todo, asked }: Taking): Promise<void> {
	const answered = new Set<string>();
	for (const scope of answer.scopes) {
		const ask = todo.get(scope.id);
		if (!ask || answered.has(scope.id)) continue;
		answered.add(scope.id);
		const next = await step(scope, ask, store);
		if (next) todo.set(scope.id, next);
		else todo.delete(scope.id);
	}
	const known = new Set(asked.scopes.map(({ id }) => id));
	const granted = answer.granted.filter((id) => !known.has(id));
	const revoked = answer.revoked.filter((id) => known.has(id));
	if (granted.length || revoked.length) await store.settleScopes({ granted, revoked });
	for (const id of revoked) todo.delete(id);
	for (const id of granted) todo.set(id, { strikes: 0 });
	const silent = request(asked, todo).scopes.filter(({ id }) => !answered.has(id) && !granted.includes(id));
	for (const { id } of silent) todo.set(id, { strikes: (todo.get(id)?.strikes ?? 0) + 1 });
}

/** What to ask of this scope next; null when it is read to its end. */
async function step(scope: PulledScope, ask: Ask, store: PullStore): Promise<Ask | null> {
	const again = { strikes: ask.strikes + 1 };
	// `to` is fixed by the first page; another one is the answer to another question.
	if (ask.page !== undefined && ask.to !== scope.to) return again;
	switch (await store.applyPage(scope, ask.page === undefined)) {
		case 'more':
			return { page: scope.next, to: scope.to, strikes: ask.strikes };
		case 'done':
		case 'gone':
			return null;
		default:
			return again;
	}
}
