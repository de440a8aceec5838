import { scopeChecksum } from '#contract/sync/checksum.ts';
import type { PullAnswer } from '#contract/sync/pull.ts';
import type { RowStore } from '#server/sync/row-store.ts';
import { MemoryServer } from '../../support/memory-row-store.ts';
import { FAM, scopesOf, type Kept, type Pulling, type ServerMemory } from './server-memory.ts';

type Life = Pick<MemoryServer, 'scopes' | 'devices' | 'mutations'>;
/** Guards of the server that are taken away where the model must fail. Nothing but a test can say so. */
export type Unguarded = {
	/** Two transactions read one scope before either writes. */
	unlocked?: boolean;
	/** Each part of an answer is read at its own moment. */
	torn?: boolean;
	/** A new life says it is the old one. */
	oneLife?: boolean;
	/** What a restore adds to every version, so that no version of the old life is handed out a second time. */
	jump?: number;
};

/** Plain maps with what a database gives: a lock on the phone and on the scope, one snapshot for an answer, and backups. */
export class PlainMemory implements ServerMemory {
	readonly maps = new MemoryServer();
	#without: Unguarded;
	#life = 1;
	#locks = new Map<string, Promise<void>>();

	constructor(without: Unguarded = {}) {
		this.#without = without;
	}

	async lay(accounts: readonly string[]): Promise<void> {
		for (const account of accounts) this.maps.writable.set(account, new Set(scopesOf(account)));
	}

	async mayWrite(account: string, may: boolean): Promise<void> {
		const writable = this.maps.writable.get(account)!;
		if (may) writable.add(FAM);
		else writable.delete(FAM);
	}

	async transact<T>(account: string, device: string, work: (store: RowStore) => Promise<T>): Promise<T> {
		const held = new Map<string, () => void>();
		const hold = async (what: string) => {
			if (!held.has(what)) held.set(what, await this.#lock(what));
		};
		await hold(`phone ${account} ${device}`);
		const store = this.maps.store(account, device);
		const locking: RowStore = {
			...store,
			row: async (scope, t, id) => (await hold(scope), store.row(scope, t, id)),
			write: async (scope, rows) => (await hold(scope), store.write(scope, rows))
		};
		try {
			return await work(this.#without.unlocked ? store : locking);
		} finally {
			for (const free of held.values()) free();
		}
	}

	async pull({ account, ask, between }: Pulling): Promise<PullAnswer> {
		const asked = new Map(ask.scopes.map(({ id, cookie }) => [id, cookie]));
		const may = scopesOf(account);
		const epoch = this.#without.oneLife ? 'one life' : `life ${this.#life}`;
		// Versions first, then rows, then acknowledgements: as the server reads them.
		const seen = this.#without.torn || !between ? this.maps : structuredClone(this.#parts());
		const to = new Map(may.map((id) => [id, seen.scopes.get(id)?.ver ?? 0]));
		// Otherwise all of it is read in one go, as in a snapshot.
		if (between) await between();
		const phone = `${account} ${ask.deviceId}`;
		const recent = [...seen.mutations.values()].filter(
			(one) => one.phone === phone && one.seq > (ask.acked ?? 0)
		);
		return {
			epoch,
			serverTime: this.maps.clock(),
			schema: { current: 1, min: 1 },
			scopes: may
				.filter((id) => asked.has(id))
				.map((id) =>
					scopeOf(seen, { id, cookie: asked.get(id)!, to: to.get(id)!, anew: epoch !== ask.epoch })
				),
			granted: may.filter((id) => !asked.has(id)),
			revoked: [...asked.keys()].filter((id) => !may.includes(id)),
			acks: {
				lastSeq: seen.devices.get(phone)?.lastSeq ?? 0,
				recent: recent.map((one) => one.ack).slice(0, 50)
			}
		};
	}

	async kept(): Promise<Kept> {
		const { scopes, mutations } = this.maps;
		return { mutations, rows: new Map([...scopes].map(([id, { rows }]) => [id, rows])) };
	}

	backup = async (): Promise<Life> => structuredClone(this.#parts());

	async restore(life: Life): Promise<void> {
		const { scopes, devices, mutations } = structuredClone(life);
		for (const scope of this.maps.scopes.keys())
			if (!scopes.has(scope)) scopes.set(scope, { ver: 0, rows: new Map() });
		for (const scope of scopes.values()) scope.ver += this.#without.jump ?? 1_000_000;
		for (const [into, from] of [
			[this.maps.scopes, scopes],
			[this.maps.devices, devices],
			[this.maps.mutations, mutations]
		] as [Map<string, unknown>, Map<string, unknown>][]) {
			into.clear();
			for (const [key, value] of from) into.set(key, value);
		}
		this.#life++;
	}

	#parts(): Life {
		const { scopes, devices, mutations } = this.maps;
		return { scopes, devices, mutations };
	}

	/** Waits until nobody holds it; returns the way to let go. */
	async #lock(what: string): Promise<() => void> {
		const before = this.#locks.get(what);
		let free = () => {};
		this.#locks.set(what, new Promise((resolve) => (free = resolve)));
		await before;
		return free;
	}
}

type Asked = { id: string; cookie: number | null; to: number; anew: boolean };
function scopeOf({ scopes }: Life, { id, cookie, to, anew }: Asked): PullAnswer['scopes'][number] {
	const reset = cookie === null || cookie > to || anew;
	const all = [...(scopes.get(id)?.rows ?? [])].map(([place, row]) => {
		const [t = '', rowId = ''] = place.split(' ');
		return { t, id: rowId, ...row };
	});
	const live = all.filter((row) => !row.deleted);
	const told = (reset ? live : all.filter((row) => row.ver > cookie)).filter((row) => row.ver <= to);
	return {
		id,
		from: cookie,
		to,
		reset,
		patch: told
			.sort((a, b) => a.ver - b.ver)
			.map(({ t, id, ver, deleted, v }) => ({
				op: deleted ? ('del' as const) : ('put' as const),
				...{ t, id, ver, sv: 1 },
				...(deleted ? {} : { v })
			})),
		checksum: scopeChecksum(live)
	};
}
