import type { PullAnswer, PullRequest } from '#contract/sync/pull.ts';
import type { Ack, PushAnswer, PushRequest } from '#contract/sync/push.ts';
import { placeOfMutation } from '#contract/sync/push.ts';
import { scopeChecksum } from '#contract/sync/checksum.ts';
import { accept } from '#server/sync/accept.ts';
import type { Mutation, RowStore, StoredRow } from '#server/sync/row-store.ts';
import { MemoryServer } from '../../support/memory-row-store.ts';

/** Stands between the protocol and its memory for one mutation: a guard is taken away by a memory that lies. */
export type Guarding = (store: RowStore, one: Mutation) => RowStore;
/** One mutation as it was settled in this life of the database. */
export type Settling = { account: string; mid: string; hash: string; ack: Ack };
type Life = {
	scopes: Map<string, { ver: number; rows: Map<string, StoredRow> }>;
	devices: Map<string, { lastSeq: number }>;
	mutations: MemoryServer['mutations'];
	settled: Settling[];
	writes: Map<string, number>;
};

/** More characters of envelopes than this in one request are too many, and one longer than this never gets through. */
export const LIMIT = 4_000;

/** The real `accept` over plain maps, with the two endpoints around it, backups, and a log that no phone ever sees. */
export class PushServer {
	readonly memory = new MemoryServer();
	readonly readable = new Map<string, string[]>();
	epoch = 'life 1';
	/** What a restore adds to every version, so that no version of the old life is handed out a second time. */
	jump = 1_000_000;
	/** Keys that still open something; the last is the one to seal to. */
	keys = ['key 1'];
	settled: Settling[] = [];
	/** How often each mutation changed a row. */
	writes = new Map<string, number>();
	lives = 1;
	#guarding: Guarding;

	constructor(guarding: Guarding = (store) => store) {
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
		const said: PushAnswer = { serverTime: this.memory.clock(), lastSeq: 0, acks: [] };
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
			const store = this.#guarding(this.#watched(account, request.deviceId, mid), mutation);
			const done = await accept(store, mutation);
			said.lastSeq = await store.lastSeq();
			if ('stop' in done) {
				said.stopped = done.stop;
				break;
			}
			said.acks.push(done.ack);
		}
		return said;
	}

	pull(account: string, ask: PullRequest): PullAnswer {
		const may = this.readable.get(account) ?? [];
		const asked = new Map(ask.scopes.map(({ id, cookie }) => [id, cookie]));
		const phone = `${account} ${ask.deviceId}`;
		const acked = ask.acked ?? 0;
		const recent = [...this.memory.mutations.values()].filter(
			(one) => one.phone === phone && one.seq > acked
		);
		return {
			epoch: this.epoch,
			serverTime: this.memory.clock(),
			schema: { current: 1, min: 1 },
			scopes: may.filter((id) => asked.has(id)).map((id) => this.#scope(id, asked.get(id)!, ask.epoch)),
			granted: may.filter((id) => !asked.has(id)),
			revoked: [...asked.keys()].filter((id) => !may.includes(id)),
			serverKey: this.key,
			acks: {
				lastSeq: this.memory.devices.get(phone)?.lastSeq ?? 0,
				recent: recent.map((one) => one.ack).slice(0, 50)
			}
		};
	}

	live(scope: string) {
		const rows = [...this.memory.scope(scope).rows].filter(([, row]) => !row.deleted);
		return rows.map(([place, { ver, v }]) => ({ place, ver, v }));
	}

	backup(): Life {
		const { scopes, devices, mutations } = this.memory;
		return structuredClone({ scopes, devices, mutations, settled: this.settled, writes: this.writes });
	}

	/** A backup is put back: a new life, which knows nothing of what came after it. */
	restore(life: Life): void {
		const { scopes, devices, mutations, settled, writes } = structuredClone(life);
		for (const scope of this.memory.scopes.keys())
			if (!scopes.has(scope)) scopes.set(scope, { ver: 0, rows: new Map() });
		for (const scope of scopes.values()) scope.ver += this.jump;
		for (const [into, from] of [
			[this.memory.scopes, scopes],
			[this.memory.devices, devices],
			[this.memory.mutations, mutations]
		] as [Map<string, unknown>, Map<string, unknown>][]) {
			into.clear();
			for (const [key, value] of from) into.set(key, value);
		}
		Object.assign(this, { settled, writes });
		this.epoch = `life ${++this.lives}`;
	}

	#watched(account: string, device: string, mid: string): RowStore {
		const store = this.memory.store(account, device);
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

	#scope(id: string, cookie: number | null, epoch: string | null): PullAnswer['scopes'][number] {
		const scope = this.memory.scope(id);
		const reset = cookie === null || cookie > scope.ver || epoch !== this.epoch;
		const rows = [...scope.rows].filter(([, row]) => (reset ? !row.deleted : row.ver > cookie));
		const split = (place: string) => ({ t: place.split(' ')[0]!, id: place.split(' ')[1]! });
		return {
			id,
			from: cookie,
			to: scope.ver,
			reset,
			patch: rows
				.sort(([, a], [, b]) => a.ver - b.ver)
				.map(([place, { ver, deleted, v }]) => ({
					op: deleted ? ('del' as const) : ('put' as const),
					...split(place),
					ver,
					sv: 1,
					...(deleted ? {} : { v })
				})),
			checksum: scopeChecksum(this.live(id).map(({ place, ver }) => ({ ...split(place), ver })))
		};
	}
}
