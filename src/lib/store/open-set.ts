import { liveQuery, type Subscription } from 'dexie';
import { isRowType, ROW_SHAPES } from '#contract/rows.ts';
import type { ProfileDb, ScopeState, SealedRow } from './db.ts';
import type { OpenRow } from './family-store.ts';
import { isolate } from './isolate.ts';
import type { Sealer } from './keys/sealer.ts';

type Key = [scope: string, t: string, id: string, ver: number];
type Entry = { ver: number; gen: number; state: 'open' | 'parked' | 'invalid'; row: OpenRow };
type Listing = { keys: Key[]; scopes: ScopeState[] };

/** parked: of a type this app is too old to know; invalid: not of the agreed shape. Both stay sealed on the phone. */
export type SetHealth = { parked: number; invalid: number };

/** Opened this many at a time, so that a big case does not hold the thread (about 0.07 ms a row). */
const BATCH = 100;
const nameOf = (scope: string, t: string, id: string) => `${scope}\n${t}\n${id}`;

/**
 * The profile's rows, opened in memory. A live query watches keys and versions only; sealed bytes are read and opened after
 * it returned, never inside a transaction (awaiting WebCrypto would end it).
 */
export function createOpenSet(deps: {
	db: ProfileDb;
	sealer: Sealer;
	changed: () => void;
	lost: () => void;
}) {
	const { db, sealer } = deps;
	const entries = new Map<string, Entry>();
	let list: readonly OpenRow[] = [];
	let granted: readonly string[] = [];
	let watch: Subscription | null = null;
	let latest: Listing | null = null;
	let working: Promise<void> | null = null;

	function publish() {
		list = [...entries.values()].filter((entry) => entry.state === 'open').map((entry) => entry.row);
		deps.changed();
	}

	function keep(row: OpenRow, gen: number) {
		const shape = isRowType(row.t) ? ROW_SHAPES[row.t] : null;
		const state = !shape ? 'parked' : shape.is(row.v) ? 'open' : 'invalid';
		entries.set(nameOf(row.scope, row.t, row.id), { ver: row.ver, gen, state, row });
	}

	/** Opens what opens; the rest is set aside. */
	async function openPart(sealed: readonly SealedRow[]): Promise<OpenRow[]> {
		const first = await sealer.open(sealed);
		const doubtful = sealed.filter((_, at) => first[at] === null);
		// Another tab may have dropped and made a scope's key anew: read it again before calling it damage.
		for (const scope of new Set(doubtful.map((row) => row.scope))) sealer.forget(scope);
		const second = doubtful.length ? await sealer.open(doubtful) : [];
		const found = new Map(doubtful.map((row, at) => [row, second[at] ?? null]));
		const rows: OpenRow[] = [];
		for (const [at, row] of sealed.entries()) {
			const { scope, t, id, ver, sv } = row;
			const opened = first[at] ?? found.get(row);
			if (opened) rows.push({ scope, t, id, ver, sv, v: opened.v });
			else await isolate(db, row);
		}
		return rows;
	}

	async function follow({ keys, scopes }: Listing) {
		const gens = new Map(scopes.map((scope) => [scope.id, scope.gen]));
		const genOf = (scope: string) => gens.get(scope) ?? 0;
		const present = new Set(keys.map(([scope, t, id]) => nameOf(scope, t, id)));
		let changed = isOther(scopes);
		for (const name of entries.keys()) if (!present.has(name)) changed = entries.delete(name) || changed;
		const wanted = keys.filter(([scope, t, id, ver]) => {
			const held = entries.get(nameOf(scope, t, id));
			return !held || held.ver !== ver || held.gen !== genOf(scope);
		});
		for (let at = 0; at < wanted.length; at += BATCH) {
			const part = wanted
				.slice(at, at + BATCH)
				.map(([scope, t, id]): [string, string, string] => [scope, t, id]);
			const sealed = (await db.rows.bulkGet(part)).filter((row) => row !== undefined);
			for (const row of await openPart(sealed)) {
				const held = entries.get(nameOf(row.scope, row.t, row.id));
				// A write of ours may have gone in meanwhile; it is newer than what was read.
				if (held && held.gen === genOf(row.scope) && held.ver > row.ver) continue;
				keep(row, genOf(row.scope));
				changed = true;
			}
		}
		if (changed) publish();
	}

	async function work() {
		while (latest) {
			const listing = latest;
			latest = null;
			await follow(listing);
		}
	}

	async function listing(): Promise<Listing> {
		const keys = (await db.rows.orderBy('[scope+t+id+ver]').keys()) as unknown as Key[];
		return { keys, scopes: await db.scopes.toArray() };
	}

	function take(found: Listing): Promise<void> {
		latest = found;
		working ??= work().finally(() => (working = null));
		return working;
	}

	/** Which scopes there are is told too: one may be granted before anything is in it. */
	function isOther(scopes: readonly ScopeState[]): boolean {
		const now = scopes.map(({ id }) => id);
		if (now.length === granted.length && now.every((id, at) => id === granted[at])) return false;
		granted = now;
		return true;
	}

	return {
		rows: () => list,
		granted: () => granted,
		/** Resolves when everything on the phone is open; afterwards follows every change, of other tabs too. */
		async start() {
			await take(await listing());
			watch = liveQuery(listing).subscribe({
				next: (found) => void take(found).catch(deps.lost),
				error: deps.lost
			});
		},
		/** Waits until what is on disk now is in memory. */
		async settle() {
			await take(await listing());
		},
		/** Rows this tab just wrote: they need no second opening. */
		absorb(rows: readonly OpenRow[]) {
			for (const row of rows) keep(row, entries.get(nameOf(row.scope, row.t, row.id))?.gen ?? 0);
			publish();
		},
		health(): SetHealth {
			const count = (state: Entry['state']) =>
				[...entries.values()].filter((one) => one.state === state).length;
			return { parked: count('parked'), invalid: count('invalid') };
		},
		/** Everything opened, parked and invalid rows too: for a copy of all that is on the phone. */
		all: () => [...entries.values()].map((entry) => entry.row),
		stop() {
			watch?.unsubscribe();
			entries.clear();
			list = [];
		}
	};
}

export type OpenSet = ReturnType<typeof createOpenSet>;
