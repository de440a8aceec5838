import { onDb, type ProfileDb, type SealedRow, type WrappedKey } from '../db.ts';
import { Damaged, isDamaged } from '../errors.ts';
import type { KeyCore, Opened, Plain } from './key-core.ts';
import { keyPlace } from './places.ts';

export type { Opened, Plain } from './key-core.ts';

/** Seals and opens rows: finds each scope's wrapped key and hands the rest to whatever holds the keys, page or worker. */
export interface Sealer {
	/** Seals rows of one scope. `kid` must still be the scope's key in the transaction that writes them. */
	seal(scope: string, rows: readonly Plain[]): Promise<{ kid: string; rows: SealedRow[] }>;
	/** Opens rows of any scopes, in their order; null where one does not open. One question to the worker for each scope. */
	open(rows: readonly SealedRow[]): Promise<Opened[]>;
	/** Forgets a scope's key in memory, after it was dropped or replaced on disk. */
	forget(scope: string): void;
}

/** `keys` is asked at each use: they move when a lock is set. */
export function createSealer(db: ProfileDb, keys: () => KeyCore): Sealer {
	const held = new Map<string, Promise<WrappedKey>>();

	/** A key whose wrapping is damaged is set aside by retireKey(); here it only fails. */
	async function load(scope: string, create: boolean): Promise<WrappedKey> {
		const kept = await onDb(db, () => db.keys.get(keyPlace(scope)));
		if (kept) return kept;
		if (!create) throw new Damaged();
		const mine = await keys().newScope(scope);
		// Two tabs may get here together: the first key written is everybody's.
		return db.transaction('rw', db.keys, async () => {
			const raced = await db.keys.get(keyPlace(scope));
			if (!raced) await db.keys.add(mine);
			return raced ?? mine;
		});
	}

	function keyOf(scope: string, create: boolean): Promise<WrappedKey> {
		const known = held.get(scope);
		if (known) return known;
		const loading = load(scope, create);
		held.set(scope, loading);
		loading.catch(() => held.delete(scope));
		return loading;
	}

	function forget(scope: string) {
		const known = held.get(scope);
		held.delete(scope);
		known?.then(({ kid }) => keys().forget(kid)).catch(() => undefined);
	}

	async function openScope(scope: string, rows: readonly SealedRow[]): Promise<Opened[]> {
		try {
			return await keys().open(await keyOf(scope, false), rows);
		} catch (error) {
			if (!isDamaged(error)) throw error;
			return rows.map(() => null);
		}
	}

	return {
		async seal(scope, rows) {
			const key = await keyOf(scope, true);
			return { kid: key.kid, rows: await keys().seal(key, rows) };
		},
		async open(rows) {
			const opened = new Map<SealedRow, Opened>();
			const scopes = Map.groupBy(rows, (row) => row.scope);
			await Promise.all(
				[...scopes].map(async ([scope, part]) => {
					const values = await openScope(scope, part);
					part.forEach((row, at) => opened.set(row, values[at] ?? null));
				})
			);
			return rows.map((row) => opened.get(row) ?? null);
		},
		forget
	};
}
