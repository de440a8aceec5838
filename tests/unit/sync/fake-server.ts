import { scopeChecksum } from '#contract/sync/checksum.ts';
import type { PatchRow, PullAnswer, PullRequest, PulledScope } from '#contract/sync/pull.ts';

type Row = { t: string; id: string; ver: number; sv: number; deleted: boolean; v: unknown };
type Scope = { ver: number; minVer: number; rows: Map<string, Row> };
export type Live = { t: string; id: string; ver: number; v: unknown };

const live = (scope: Scope): Live[] =>
	[...scope.rows.values()]
		.filter((row) => !row.deleted)
		.map(({ t, id, ver, v }) => ({ t, id, ver, v }))
		.sort((a, b) => (a.id < b.id ? -1 : 1));

/**
 * The pull half of the protocol, small enough to be read in one go, with its history: what every scope held at every
 * version of every life of the database. `pageRows` is tiny so that a few rows already take several pages.
 */
export class FakeServer {
	epoch = crypto.randomUUID();
	scopes = new Map<string, Scope>();
	/** Scopes this session may read. */
	granted = new Set<string>();
	history = new Map<string, Live[]>();
	pageRows = 3;
	serverTime = '2026-11-24T10:00:00.000Z';

	scope(id: string): Scope {
		let scope = this.scopes.get(id);
		if (!scope) this.scopes.set(id, (scope = { ver: 0, minVer: 0, rows: new Map() }));
		return scope;
	}
	at(id: string, ver: number): Live[] {
		return this.history.get(`${this.epoch}|${id}|${ver}`) ?? [];
	}
	live = (id: string) => live(this.scope(id));

	write(id: string, rows: { id: string; v?: unknown; t?: string; del?: boolean }[]): void {
		const scope = this.scope(id);
		scope.ver += 1;
		for (const row of rows) {
			const { t = 'event', del = false } = row;
			scope.rows.set(`${t}|${row.id}`, { t, id: row.id, ver: scope.ver, sv: 1, deleted: del, v: row.v });
		}
		this.history.set(`${this.epoch}|${id}|${scope.ver}`, live(scope));
	}
	/** Tombstones are forgotten: phones that are further behind must read everything. */
	compact(id: string): void {
		const scope = this.scope(id);
		for (const [key, row] of scope.rows) if (row.deleted) scope.rows.delete(key);
		scope.minVer = scope.ver;
	}
	/** A backup is put back: a new life, in which versions are handed out a second time. */
	restore(id: string): void {
		this.epoch = crypto.randomUUID();
		const scope = this.scope(id);
		scope.ver = Math.max(0, scope.ver - 2);
		for (const [key, row] of scope.rows) if (row.ver > scope.ver || row.deleted) scope.rows.delete(key);
		scope.minVer = 0;
		for (const [other, one] of this.scopes) this.history.set(`${this.epoch}|${other}|${one.ver}`, live(one));
	}

	pull(ask: PullRequest): PullAnswer {
		const may = ask.scopes.filter(({ id }) => this.granted.has(id));
		const asked = new Set(ask.scopes.map(({ id }) => id));
		return {
			epoch: this.epoch,
			serverTime: this.serverTime,
			schema: { current: 1, min: 1 },
			scopes: may.map((one) => this.#page(one, ask.epoch)),
			granted: [...this.granted].filter((id) => !asked.has(id)),
			revoked: ask.scopes.filter(({ id }) => !this.granted.has(id)).map(({ id }) => id),
			acks: { lastSeq: 0, recent: [] }
		};
	}

	#page(ask: PullRequest['scopes'][number], epoch: string | null): PulledScope {
		const scope = this.scope(ask.id);
		const { cookie } = ask;
		const reset = cookie === null || cookie < scope.minVer || cookie > scope.ver || epoch !== this.epoch;
		// A page token holds where the last page ended and which version the first one fixed.
		const [afterVer, afterId, to] = ask.page
			? (JSON.parse(ask.page) as [number, string, number])
			: [-1, '', scope.ver];
		const from = reset ? -1 : cookie;
		const rest = [...scope.rows.values()]
			.filter((row) => row.ver > from && row.ver <= to && (!reset || !row.deleted))
			.sort((a, b) => a.ver - b.ver || (a.id < b.id ? -1 : 1))
			.filter((row) => row.ver > afterVer || (row.ver === afterVer && row.id > afterId));
		const page = rest.slice(0, this.pageRows);
		const last = page.at(-1);
		const more = rest.length > page.length && last;
		return {
			id: ask.id,
			from: cookie,
			to,
			reset,
			patch: page.map(({ deleted, t, id, ver, sv, v }): PatchRow =>
				deleted ? { op: 'del', t, id, ver, sv } : { op: 'put', t, id, ver, sv, v }
			),
			...(more ? { next: JSON.stringify([last.ver, last.id, to]) } : {}),
			// Only when nothing was written since the first page does the sum of now belong to `to`.
			...(!more && to === scope.ver ? { checksum: scopeChecksum(live(scope)) } : {})
		};
	}
}

export const json = (body: unknown, status = 200) =>
	new Response(JSON.stringify(body), { status, headers: { 'content-type': 'application/json' } });

/** A `fetch` that ends at the fake server. */
export const serving = (server: FakeServer): typeof fetch =>
	(async (_input, init) => json(server.pull(JSON.parse(String(init?.body)) as PullRequest))) as typeof fetch;
