import { onDb, type ProfileDb, type SealedRow, type WrappedKey } from '../db.ts';
import { Damaged } from '../errors.ts';
import { newScopeKey, openJson, sealJson, unwrap, wrap } from './aes.ts';
import { keyPlace, rowAad, scopeKeyUse } from './places.ts';

export type Plain = { scope: string; t: string; id: string; ver: number; sv: number; v: unknown };

/** Seals and opens rows. Small on purpose: issue 3 moves what is behind it into a worker. */
export interface Sealer {
	/** Seals rows of one scope. `kid` must still be the scope's key in the transaction that writes them. */
	seal(scope: string, rows: readonly Plain[]): Promise<{ kid: string; rows: SealedRow[] }>;
	/** Opens one row; throws Damaged. */
	open(row: SealedRow): Promise<unknown>;
	/** Forgets a scope's key in memory, after it was dropped or replaced on disk. */
	forget(scope: string): void;
}

type Held = { kid: string; key: CryptoKey };

export function createSealer(db: ProfileDb, profileKey: CryptoKey): Sealer {
	const held = new Map<string, Promise<Held>>();

	async function unwrapped(kept: WrappedKey): Promise<Held> {
		return { kid: kept.kid, key: await unwrap(kept, profileKey, scopeKeyUse(kept.id)) };
	}

	/** A key whose wrapping is damaged is set aside by retire(); here it only fails. */
	async function load(scope: string, create: boolean): Promise<Held> {
		const kept = await onDb(db, () => db.keys.get(keyPlace(scope)));
		if (kept) return unwrapped(kept);
		if (!create) throw new Damaged();
		const box = await wrap(await newScopeKey(), profileKey, scopeKeyUse(scope).aad);
		const mine: WrappedKey = { id: scope, wrapping: 'profile', by: '', kid: crypto.randomUUID(), ...box };
		// Two tabs may get here together: the first key written is everybody's.
		const winner = await db.transaction('rw', db.keys, async () => {
			const raced = await db.keys.get(keyPlace(scope));
			if (!raced) await db.keys.add(mine);
			return raced ?? mine;
		});
		return unwrapped(winner);
	}

	function keyOf(scope: string, create: boolean): Promise<Held> {
		const known = held.get(scope);
		if (known) return known;
		const loading = load(scope, create);
		held.set(scope, loading);
		loading.catch(() => held.delete(scope));
		return loading;
	}

	return {
		async seal(scope, rows) {
			const { kid, key } = await keyOf(scope, true);
			const sealed = rows.map(async ({ v, ...row }) => ({
				...row,
				...(await sealJson(key, rowAad(row), v))
			}));
			return { kid, rows: await Promise.all(sealed) };
		},
		async open(row) {
			return openJson((await keyOf(row.scope, false)).key, rowAad(row), row);
		},
		forget(scope) {
			held.delete(scope);
		}
	};
}
