import { sql } from 'kysely';
import type { PullAnswer } from '#contract/sync/pull.ts';
import { sharedScope } from '#contract/scope.ts';
import { familyActor } from '#server/access/actor.ts';
import type { Database } from '#server/db/open-database.ts';
import type { Tx } from '#server/db/transaction.ts';
import { mintEpoch } from '#server/instance.ts';
import { pull } from '#server/sync/pull.ts';
import type { RowStore, StoredRow } from '#server/sync/row-store.ts';
import { sqlRowStore } from '#server/sync/sql-row-store.ts';
import { CASE, type Kept, type Pulling, type ServerMemory } from '../unit/sync/server-memory.ts';

const COUNCIL = 'X99000008';
/** What a backup holds of a story. The order in which rows may be put in. */
const TABLES = ['scope', 'scope_row', 'device', 'mutation'] as const;
type Life = Record<(typeof TABLES)[number], Record<string, unknown>[]>;
/** Rows that are gone leave holes, which a database tidies in the night. */
const TIDY = 100;

/**
 * The model's server on a real database: `sqlRowStore`, the server's own `pull`, its own new life. One story after another in the same
 * database; each begins with nothing but the people.
 */
export class SqlMemory implements ServerMemory {
	readonly #database: Database;
	/** Phones that have signed in. */
	#devices = new Set<string>();
	static #stories = new WeakMap<Database, number>();

	constructor(database: Database) {
		this.#database = database;
	}

	async lay(accounts: readonly string[]): Promise<void> {
		const { db, transact } = this.#database;
		const told = SqlMemory.#stories.get(this.#database) ?? 0;
		SqlMemory.#stories.set(this.#database, told + 1);
		await transact(async (tx) => {
			if (told === 0) await layCase(tx);
			await wipe(tx);
			await tx.updateTable('instance').set({ epoch: crypto.randomUUID() }).execute();
			await tx.updateTable('relationship').set({ restrictions: '[]' }).execute();
			for (const id of accounts) await layGuardian(tx, id);
		});
		if (told % TIDY === TIDY - 1) await sql`vacuum`.execute(db);
	}

	async mayWrite(account: string, may: boolean): Promise<void> {
		await this.#database.db
			.updateTable('relationship')
			.set({ restrictions: may ? '[]' : '["read-only"]' })
			.where('account_id', '=', account)
			.execute();
	}

	async transact<T>(account: string, device: string, work: (store: RowStore) => Promise<T>): Promise<T> {
		return this.#database.transact(async (tx) => {
			await this.#signIn(tx, account, device);
			return work(await sqlRowStore(tx, await familyActor(tx, account), device));
		});
	}

	async pull({ account, ask, between }: Pulling): Promise<PullAnswer> {
		const options = { isolation: 'repeatable read', readOnly: true } as const;
		const answer = await this.#database.transact(
			async (tx) => pull(tx, await familyActor(tx, account), ask),
			options
		);
		// One connection, one transaction at a time: what comes meanwhile comes after it.
		await between?.();
		return answer;
	}

	async kept(): Promise<Kept> {
		const { db } = this.#database;
		const settled = await db
			.selectFrom('mutation')
			.select(['account_id', 'mid', 'args_hash', 'ack'])
			.execute();
		const rows = new Map<string, Map<string, StoredRow>>();
		for (const { scope_id, t, id, ver, deleted, v } of await db
			.selectFrom('scope_row')
			.selectAll()
			.execute()) {
			const of = rows.get(scope_id) ?? new Map<string, StoredRow>();
			rows.set(scope_id, of.set(`${t} ${id}`, { ver, deleted, v: v as StoredRow['v'] }));
		}
		return {
			mutations: new Map(
				settled.map(({ account_id, mid, args_hash, ack }) => [
					`${account_id} ${mid}`,
					{ hash: args_hash, ack }
				])
			),
			rows
		};
	}

	async backup(): Promise<Life> {
		const { db } = this.#database;
		const all = async (table: (typeof TABLES)[number]) => [
			table,
			await db.selectFrom(table).selectAll().execute()
		];
		return Object.fromEntries(await Promise.all(TABLES.map(all))) as Life;
	}

	/** As a restore does it: what was there is gone, a copy is put in, a new life begins. */
	async restore(life: Life): Promise<void> {
		this.#devices.clear();
		await this.#database.transact(async (tx) => {
			await wipe(tx);
			for (const table of TABLES) {
				const rows = life[table].map(asWritten).filter((row) => row['id'] !== sharedScope(CASE));
				if (rows.length > 0)
					await tx
						.insertInto(table)
						.values(rows as never)
						.execute();
			}
			await mintEpoch(tx);
		});
	}

	async #signIn(tx: Tx, account: string, id: string): Promise<void> {
		if (this.#devices.has(`${account} ${id}`)) return;
		this.#devices.add(`${account} ${id}`);
		await tx
			.insertInto('device')
			.values({ account_id: account, id, name: 'Phone' })
			.onConflict((at) => at.doNothing())
			.execute();
	}
}

const asWritten = (row: Record<string, unknown>): Record<string, unknown> =>
	Object.fromEntries(
		Object.entries(row).map(([name, value]) => [
			name,
			typeof value === 'object' && value !== null && !(value instanceof Date) ? JSON.stringify(value) : value
		])
	);

async function layCase(tx: Tx): Promise<void> {
	await tx.insertInto('council').values({ code: COUNCIL, name: 'Modelshire' }).execute();
	await tx
		.insertInto('scope')
		.values({ id: sharedScope(CASE) })
		.execute();
	await tx
		.insertInto('case_file')
		.values({ scope_id: sharedScope(CASE), id: CASE, council: COUNCIL, case_ref: 'MODEL' })
		.execute();
}

async function layGuardian(tx: Tx, id: string): Promise<void> {
	const made = await tx
		.insertInto('account')
		.values({ id })
		.onConflict((at) => at.doNothing())
		.returning('id')
		.execute();
	if (made.length === 0) return;
	await tx
		.insertInto('relationship')
		.values({ case_scope: sharedScope(CASE), account_id: id, guardian_ref: id, role: 'guardian' })
		.execute();
}

async function wipe(tx: Tx): Promise<void> {
	for (const table of TABLES.toReversed()) {
		const gone = tx.deleteFrom(table);
		await (table === 'scope' ? gone.where('id', '!=', sharedScope(CASE)) : gone).execute();
	}
}
