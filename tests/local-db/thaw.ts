import { Dexie } from 'dexie';
import { IDBFactory, IDBKeyRange } from 'fake-indexeddb';
import { PROFILE_V1, REGISTRY_V1 } from '#store/schema/v001.ts';
import { PROFILE_V2 } from '#store/schema/v002.ts';
import { PROFILE_V3 } from '#store/schema/v003.ts';
import v001 from './fixtures/v001.json' with { type: 'json' };
import v002 from './fixtures/v002.json' with { type: 'json' };
import v003 from './fixtures/v003.json' with { type: 'json' };

type Tables = Record<string, unknown[]>;
/** `version`: of the profile's database. The registry's is 1 everywhere. */
export type Frozen = {
	version: number;
	phone: { profile: string; registry: Tables; database: Tables };
	registry: Record<string, string>;
	database: Record<string, string>;
};

/** Every frozen phone, with the schema of its time. A new version adds one line. */
export const FROZEN: Frozen[] = [
	{ version: 1, phone: v001, registry: REGISTRY_V1, database: PROFILE_V1 },
	{ version: 2, phone: v002, registry: REGISTRY_V1, database: PROFILE_V2 },
	{ version: 3, phone: v003, registry: REGISTRY_V1, database: PROFILE_V3 }
];

async function revive(value: unknown): Promise<unknown> {
	if (Array.isArray(value)) return Promise.all(value.map(revive));
	if (typeof value !== 'object' || value === null) return value;
	if ('base64' in value) return new Uint8Array(Buffer.from(String(value.base64), 'base64'));
	if ('buffer' in value) return Uint8Array.from(Buffer.from(String(value.buffer), 'base64')).buffer;
	if ('raw' in value) {
		const raw = (await revive(value.raw)) as Uint8Array<ArrayBuffer>;
		return crypto.subtle.importKey('raw', raw, 'AES-GCM', false, ['wrapKey', 'unwrapKey']);
	}
	const entries = Object.entries(value).map(async ([key, one]) => [key, await revive(one)] as const);
	return Object.fromEntries(await Promise.all(entries));
}

/** A phone with that database on it. `native`: another IndexedDB version number than Dexie would write; `without`: a table it lacks. */
export async function thaw(frozen: Frozen, more: { native?: number; without?: string } = {}) {
	const idb = { indexedDB: new IDBFactory(), IDBKeyRange };
	const parts = [
		{ name: 'alongside', schema: frozen.registry, rows: frozen.phone.registry, version: 1 },
		{
			name: `alongside-${frozen.phone.profile}`,
			schema: frozen.database,
			rows: frozen.phone.database,
			version: (more.native ?? frozen.version * 10) / 10
		}
	];
	for (const { name, schema, rows, version } of parts) {
		const db = new Dexie(name, idb);
		const tables = Object.entries(schema).filter(([table]) => table !== more.without);
		db.version(version).stores(Object.fromEntries(tables));
		await db.open();
		for (const [table] of tables) {
			const kept = rows[table] ?? [];
			await db.table(table).bulkAdd((await revive(kept)) as object[]);
		}
		db.close();
	}
	return { ...idb, name: `alongside-${frozen.phone.profile}` };
}
