import type { RowStore, Settled, StoredRow, WrittenRow } from '#server/sync/row-store.ts';

type Scope = { ver: number; rows: Map<string, StoredRow> };
type Device = { lastSeq: number };

/** The server's memory of the protocol, as plain maps: what `sql-row-store.ts` is to a database. One at a time, like its transactions. */
export class MemoryServer {
	readonly scopes = new Map<string, Scope>();
	readonly devices = new Map<string, Device>();
	readonly mutations = new Map<string, Settled & { phone: string; ver: number }>();
	/** Scopes an account may write. */
	readonly writable = new Map<string, Set<string>>();

	scope(id: string): Scope {
		const known = this.scopes.get(id) ?? { ver: 0, rows: new Map() };
		this.scopes.set(id, known);
		return known;
	}

	/** Its clock: a second later each time it is asked. Replace it where a test has its own time. */
	clock: () => string = () => new Date(Date.UTC(2026, 0, 1) + 1000 * this.seconds++).toISOString();
	private seconds = 0;

	/** One phone of one person. */
	store(account: string, deviceId: string): RowStore {
		const key = `${account} ${deviceId}`;
		const device = this.devices.get(key) ?? { lastSeq: 0 };
		this.devices.set(key, device);
		return {
			lastSeq: async () => device.lastSeq,
			settled: async (mid) => {
				const one = this.mutations.get(`${account} ${mid}`);
				return one ? { hash: one.hash, ack: one.ack } : null;
			},
			mayWrite: (scope) => this.writable.get(account)?.has(scope) ?? false,
			row: async (scope, t, id) => this.scope(scope).rows.get(`${t} ${id}`) ?? null,
			changedByOthers: async (scope, of) => this.changed(key, scope, of),
			write: async (scope, rows) => this.write(scope, rows),
			now: async () => this.clock(),
			settle: async (one) => {
				device.lastSeq = one.seq;
				this.mutations.set(`${account} ${one.mid}`, { ...one, phone: key, ver: one.ack.ver ?? 0 });
			},
			pass: async (seq) => void (device.lastSeq = seq)
		};
	}

	private changed(phone: string, scope: string, { t, id, ver }: { t: string; id: string; ver: number }) {
		const later = [...this.mutations.values()].filter(
			({ touched, ...one }) =>
				one.scope === scope && one.phone !== phone && touched?.t === t && touched.id === id && one.ver > ver
		);
		return new Set(later.flatMap(({ touched }) => touched?.fields ?? []));
	}

	private write(scope: string, rows: readonly WrittenRow[]): number {
		const into = this.scope(scope);
		into.ver += 1;
		for (const { t, id, v } of rows) into.rows.set(`${t} ${id}`, { ver: into.ver, deleted: v === null, v });
		return into.ver;
	}
}
