import { afterAll, beforeAll, expect, test } from 'vitest';
import { sql } from 'kysely';
import pg from 'pg';
import { readConfig } from '#server/config.ts';
import { listenToNodes } from '#server/db/listener.ts';
import { openDatabase, type Database } from '#server/db/open-database.ts';
import { writeScope } from '#server/cases/scope-writer.ts';
import { freshPostgres, TEST_SECRET } from '../../support/database.ts';
import { startPostgres, type Postgres } from '../../support/postgres.ts';

let postgres: Postgres;
let made: { url: string; drop: () => Promise<void> };
const nodes: Database[] = [];
const node = async () => {
	const database = await openDatabase(readConfig({ DATABASE_URL: made.url, SERVER_SECRET: TEST_SECRET }));
	nodes.push(database);
	return database;
};
beforeAll(async () => {
	postgres = await startPostgres();
	made = await freshPostgres(postgres.url);
});
afterAll(async () => {
	for (const one of nodes) await one.close();
	await made.drop();
	await postgres.stop();
});

const SECONDS = Number(process.env.RACE_SECONDS ?? 20);
const WRITERS = 8;
const wait = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

test(
	`8 writers on one scope for ${SECONDS} s: the version cursor misses nothing, a sequence cursor does`,
	{ timeout: SECONDS * 1000 + 60_000 },
	async () => {
		const database = await node();
		await sql`create table naive (seq bigserial primary key, id text not null)`.execute(database.db);
		const written = new Set<string>();
		const until = Date.now() + SECONDS * 1000;
		const writer = async (who: number) => {
			for (let n = 0; Date.now() < until; n++) {
				const id = `w${who}-${n}`;
				const kept = await database
					.transact(async (tx) => {
						await sql`insert into naive (id) values (${id})`.execute(tx);
						// A random hold between the number and the commit: what makes a sequence unsafe.
						await wait(Math.random() * 8);
						await writeScope(tx, 'ref:RACE:one', [{ t: 'line', id, v: { n } }]);
						if (Math.random() < 0.1) throw new Error('rolled back');
						return true;
					})
					.catch(() => false);
				if (kept) written.add(id);
			}
		};
		const seen = { ver: new Map<string, number>(), naive: new Set<string>() };
		let [ver, seq, duplicates] = [0, 0, 0];
		const read = async () => {
			await database.transact(
				async (tx) => {
					const scope = await tx
						.selectFrom('scope')
						.select('ver')
						.where('id', '=', 'ref:RACE:one')
						.executeTakeFirst();
					const to = scope?.ver ?? 0;
					const rows = await tx
						.selectFrom('scope_row')
						.select(['id', 'ver'])
						.where('scope_id', '=', 'ref:RACE:one')
						.where('ver', '>', ver)
						.where('ver', '<=', to)
						.execute();
					for (const row of rows) {
						if (seen.ver.has(row.id)) duplicates++;
						seen.ver.set(row.id, row.ver);
					}
					ver = to;
					const { rows: naive } = await sql<{
						seq: number;
						id: string;
					}>`select seq, id from naive where seq > ${seq} order by seq`.execute(tx);
					for (const row of naive) seen.naive.add(row.id);
					seq = naive.at(-1)?.seq ?? seq;
				},
				{ isolation: 'repeatable read', readOnly: true }
			);
		};
		const reader = async () => {
			while (Date.now() < until) await read();
		};
		await Promise.all([...Array.from({ length: WRITERS }, (_, who) => writer(who)), reader()]);
		await read();
		const missed = [...written].filter((id) => !seen.ver.has(id));
		const missedByNaive = [...written].filter((id) => !seen.naive.has(id));
		console.log(
			`race: ${written.size} written, ${missed.length} missed by version, ${missedByNaive.length} by sequence`
		);
		expect([missed, duplicates]).toEqual([[], 0]);
		expect(missedByNaive.length).toBeGreaterThan(0);
	}
);

test(
	'a commit on one node is heard on the other, and within 5 s when its LISTEN connection is cut',
	{ timeout: 60_000 },
	async () => {
		const [one, two] = [await node(), await node()];
		const heard: number[] = [];
		two.feed.subscribe((changes) =>
			heard.push(...changes.filter((change) => change.scope === 'ref:NODES:one').map((change) => change.ver))
		);
		const stop = listenToNodes({
			url: made.url,
			db: two.db,
			feed: two.feed,
			watched: () => ['ref:NODES:one']
		});
		const change = () =>
			one.transact((tx) => writeScope(tx, 'ref:NODES:one', [{ t: 'line', id: crypto.randomUUID(), v: {} }]));
		const until = async (ver: number, ms: number) => {
			const from = Date.now();
			while (!heard.includes(ver) && Date.now() - from < ms) await wait(20);
			expect(heard).toContain(ver);
			return Date.now() - from;
		};
		await change();
		await until(1, 6_000);
		await change();
		expect(await until(2, 3_000)).toBeLessThan(2_000);
		const admin = new pg.Client({ connectionString: made.url });
		await admin.connect();
		await admin.query(
			"select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'alongside-listen'"
		);
		await change();
		await until(3, 11_000);
		await change();
		await until(4, 11_000);
		await admin.end();
		await stop();
	}
);

test('PostgreSQL dies and comes back: the server goes on', { timeout: 60_000 }, async () => {
	const database = await node();
	await database.transact((tx) => writeScope(tx, 'ref:CRASH:one', [{ t: 'line', id: 'a', v: {} }]));
	await postgres.crash();
	const from = Date.now();
	for (;;) {
		const ok = await database
			.transact((tx) => writeScope(tx, 'ref:CRASH:one', [{ t: 'line', id: 'b', v: {} }]))
			.then(
				() => true,
				() => false
			);
		if (ok || Date.now() - from > 20_000) break;
		await wait(100);
	}
	const rows = await database.db
		.selectFrom('scope_row')
		.select('id')
		.where('scope_id', '=', 'ref:CRASH:one')
		.orderBy('id')
		.execute();
	expect(rows.map((row) => row.id)).toEqual(['a', 'b']);
});
