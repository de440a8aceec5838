import type { PullAnswer, PullRequest } from '#contract/sync/pull.ts';
import type { Ack, PushAnswer, PushRequest } from '#contract/sync/push.ts';
import { placeOfMutation } from '#contract/sync/push.ts';
import { accept } from '#server/sync/accept.ts';
import type { Mutation, RowStore } from '#server/sync/row-store.ts';
import { PlainMemory } from './plain-memory.ts';
import type { ServerMemory } from './server-memory.ts';

/** Stands between the protocol and its memory for one mutation: a guard is taken away by a memory that lies. */
export type Guarding = (store: RowStore, one: Mutation) => RowStore;
/** One mutation as it was settled in this life of the database. */
export type Settling = { account: string; mid: string; hash: string; ack: Ack };
type Life = { memory: unknown; settled: Settling[]; writes: Map<string, number> };
export type ServerParts = { memory?: ServerMemory; guarding?: Guarding };

/** More characters of envelopes than this in one request are too many, and one longer than this never gets through. */
export const LIMIT = 4_000;

/** The real `accept` over a memory, with the two endpoints around it, backups, and a log that no phone ever sees. */
export class PushServer {
	readonly memory: ServerMemory;
	/** Keys that still open something; the last is the one to seal to. */
	keys = ['key 1'];
	settled: Settling[] = [];
	/** How often each mutation changed a row. */
	writes = new Map<string, number>();
	lives = 1;
	#guarding: Guarding;
	#seconds = 0;

	constructor({ memory = new PlainMemory(), guarding = (store) => store }: ServerParts = {}) {
		this.memory = memory;
		this.#guarding = guarding;
	}

	get key() {
		return { kid: this.keys.at(-1)!, public: 'public' };
	}

	/** `crash`: it dies after that many commits, and nobody hears an answer. */
	async push(
		account: string,
		request: PushRequest,
		crash = Infinity
	): Promise<PushAnswer | 'too_large' | 'died'> {
		const size = request.mutations.reduce((sum, { envelope }) => sum + envelope.ct.length, 0);
		if (size > LIMIT) return 'too_large';
		const said: PushAnswer = { serverTime: this.#now(), lastSeq: 0, acks: [] };
		let commits = 0;
		for (const one of request.mutations.toSorted((a, b) => a.seq - b.seq)) {
			if (commits++ === crash) return 'died';
			const { kid, ct } = one.envelope;
			const [place, words] = JSON.parse(ct) as [string, string];
			if (!this.keys.includes(kid) || place !== placeOfMutation(one)) {
				said.stopped = { code: 'unknown_key' };
				break;
			}
			const { mid, seq, scope, name } = one;
			const { args } = JSON.parse(words) as { args: unknown };
			const mutation = { mid, seq, scope, name, args, hash: `${scope} ${name} ${words}` };
			const done = await this.memory.transact(account, request.deviceId, async (memory) => {
				const store = this.#guarding(this.#watched(memory, account, mid), mutation);
				const accepted = await accept(store, mutation);
				said.lastSeq = await store.lastSeq();
				return accepted;
			});
			if ('stop' in done) {
				said.stopped = done.stop;
				break;
			}
			said.acks.push(done.ack);
		}
		return said;
	}

	/** `between`: what happens while it is answered. */
	async pull(account: string, ask: PullRequest, between?: () => Promise<void>): Promise<PullAnswer> {
		const answer = await this.memory.pull({ account, ask, between });
		return { ...answer, serverTime: this.#now(), serverKey: this.key };
	}

	async backup(): Promise<Life> {
		const { settled, writes } = structuredClone({ settled: this.settled, writes: this.writes });
		return { memory: await this.memory.backup(), settled, writes };
	}

	/** A backup is put back: a new life, which knows nothing of what came after it. */
	async restore({ memory, ...life }: Life): Promise<void> {
		await this.memory.restore(memory);
		Object.assign(this, structuredClone(life));
		this.lives++;
	}

	/** Its clock: a second later each time it is asked. */
	#now = (): string => new Date(Date.UTC(2026, 0, 1) + 1000 * this.#seconds++).toISOString();

	#watched(store: RowStore, account: string, mid: string): RowStore {
		return {
			...store,
			write: (scope, rows) => {
				this.writes.set(mid, (this.writes.get(mid) ?? 0) + 1);
				return store.write(scope, rows);
			},
			settle: (one) => {
				this.settled.push({ account, mid: one.mid, hash: one.hash, ack: one.ack });
				return store.settle(one);
			}
		};
	}
}
