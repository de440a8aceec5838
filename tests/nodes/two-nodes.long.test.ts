import pg from 'pg';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { scopeChecksum } from '#contract/sync/checksum.ts';
import { readConfig } from '#server/config.ts';
import { openDatabase, type Database } from '#server/db/open-database.ts';
import { startApp, type AppServer } from '../support/app-server.ts';
import { freshPostgres, TEST_SECRET } from '../support/database.ts';
import { lookFor, signIn } from '../support/kill-writers.ts';
import { Pokes, type Poke } from '../support/pokes.ts';
import { startPostgres, type Postgres } from '../support/postgres.ts';
import { PushingPhone } from '../support/pushing-phone.ts';

/**
 * Two built servers on one PostgreSQL (sync-and-security §6.7): phones push to one and read from the other in turn, while one of them is
 * killed every 20 s and all LISTEN connections are cut in between.
 */
const SECONDS = Number(process.env.NODES_SECONDS ?? 300);
const KILL_MS = 20_000;
/** A listener that was cut comes back when it next looks. */
const DEAF_MS = 6_000;
const wait = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));
const p95 = (of: number[]) => of.toSorted((a, b) => a - b)[Math.floor(of.length * 0.95)] ?? 0;

let postgres: Postgres;
let made: { url: string; drop: () => Promise<void> };
let database: Database;
let phones: PushingPhone[];
const nodes: AppServer[] = [];
const start = (port?: number, dataDir?: string) =>
	startApp({
		env: { DATABASE_URL: made.url, SERVER_SECRET: TEST_SECRET },
		...(port !== undefined && { port }),
		...(dataDir !== undefined && { dataDir })
	});
beforeAll(async () => {
	postgres = await startPostgres();
	made = await freshPostgres(postgres.url);
	database = await openDatabase(readConfig({ DATABASE_URL: made.url, SERVER_SECRET: TEST_SECRET }));
	phones = await signIn(database);
	for (let n = 0; n < 2; n++) nodes.push(await start());
});
afterAll(async () => {
	for (const node of nodes) {
		await node.kill();
		node.remove();
	}
	await database.close();
	await postgres.stop();
});

/** A reader of one scope, as the app reads it: rows not newer than what is there change nothing. */
class Reader {
	rows = new Map<string, number>();
	cookie: number | null = null;
	epoch: string | null = null;
	faults: string[] = [];
	readonly phone: PushingPhone;
	readonly scope: string;

	constructor(phone: PushingPhone, scope: string) {
		this.phone = phone;
		this.scope = scope;
	}

	async pull(): Promise<boolean> {
		const answer = await this.phone.pull([{ id: this.scope, cookie: this.cookie }], this.epoch);
		const page = answer?.scopes.find(({ id }) => id === this.scope);
		if (!answer || !page) return false;
		if (page.next !== undefined) this.faults.push('a page goes on: the test does not');
		if (page.reset && this.cookie !== null) this.faults.push('began anew within one life');
		if (page.to < (this.cookie ?? 0)) this.faults.push(`back from ${this.cookie} to ${page.to}`);
		for (const { t, id, ver } of page.patch) this.rows.set(`${t} ${id}`, ver);
		[this.cookie, this.epoch] = [page.to, answer.epoch];
		const sum = scopeChecksum(
			[...this.rows].map(([place, ver]) => ({ t: place.split(' ')[0]!, id: place.split(' ')[1]!, ver }))
		);
		if (page.checksum !== undefined && page.checksum !== sum) this.faults.push(`differs at ${page.to}`);
		return true;
	}
}

type Waited = { ver: number; at: number; broken: number; from: number };

it(
	`in ${SECONDS} s of kills and cuts nothing is lost, and pokes arrive`,
	{ timeout: SECONDS * 1000 + 300_000 },
	async () => {
		const [writer, second] = phones as [PushingPhone, PushingPhone, PushingPhone];
		const fam = `case:${writer.of.caseId}:fam`;
		// The same phone as a reader of its own, because it asks another node than the one it pushes to.
		const reader = new Reader(new PushingPhone(second.of, second.key), fam);
		const until = Date.now() + SECONDS * 1000;
		const [told, deaf]: [number[], number[]] = [[], []];
		/** When a node died, and when every listener was cut. */
		const died: number[][] = [[], []];
		const cuts: number[] = [];
		const waiting: Waited[][] = [[], []];
		const slow: string[] = [];
		/** The newest version that each node's stream has told of. */
		const heard = [0, 0];
		const streams = [0, 1].map((n) => {
			const hear = ({ scope, ver }: Poke) => {
				if (scope !== fam) return;
				heard[n] = Math.max(heard[n]!, ver);
				for (const one of waiting[n]!.filter((each) => each.ver <= ver)) measure(one, n);
				waiting[n] = waiting[n]!.filter((each) => each.ver > ver);
			};
			return new Pokes(() => nodes[n]!, second.of.cookie, hear);
		});
		const measure = ({ ver, at, broken, from }: Waited, n: number) => {
			const now = Date.now();
			// What a stream that broke would have told, the phone reads when it opens it again.
			if (broken !== streams[n]!.broken) return;
			const cut = cuts.some((when) => when > at - DEAF_MS && when <= now);
			const dead = died[from]!.some((when) => when >= at - 1_000 && when <= now);
			(cut || dead ? deaf : told).push(Math.max(0, now - at));
			if (now - at > 5_000)
				slow.push(`${ver} at ${n} after ${now - at} ms${cut ? ', cut' : ''}${dead ? ', dead' : ''}`);
		};
		const pushing = phones.map(async (phone, which) => {
			for (let turn = which; Date.now() < until; turn++) {
				const from = turn % 2;
				await phone.write();
				phone.origin = nodes[from]!.origin;
				const before = new Set(phone.acks.keys());
				if (!(await phone.push())) await wait(200);
				const at = Date.now();
				const [other, stream] = [1 - from, streams[1 - from]!];
				for (const [mid, { ver }] of phone.acks) {
					const here = phone.written.some((one) => one.mid === mid && one.scope === fam);
					if (before.has(mid) || !here || ver === undefined || !stream.open) continue;
					// Told before it was answered, or still to be told.
					const one = { ver, at, broken: stream.broken, from };
					if (ver <= heard[other]!) measure(one, other);
					else waiting[other]!.push(one);
				}
				await wait(120);
			}
		});
		const pulling = (async () => {
			const ask = reader.phone;
			for (let turn = 0; Date.now() < until; turn++) {
				ask.origin = nodes[turn % 2]!.origin;
				await reader.pull();
				await wait(90);
			}
		})();
		const admin = new pg.Client({ connectionString: made.url });
		await admin.connect();
		const harm = (async () => {
			for (let turn = 0; Date.now() + KILL_MS < until; turn++) {
				await wait(KILL_MS / 2);
				cuts.push(Date.now());
				await admin.query(
					"select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'alongside-listen'"
				);
				await wait(KILL_MS / 2);
				const [which, { port, dataDir, kill }] = [turn % 2, nodes[turn % 2]!];
				died[which]!.push(Date.now());
				await kill();
				nodes[which] = await start(port, dataDir);
			}
		})();
		await Promise.all([...pushing, pulling, harm]);
		for (const stream of streams) await stream.stop();
		await admin.end();
		for (const [turn, phone] of phones.entries()) {
			phone.origin = nodes[turn % 2]!.origin;
			await phone.askAgain();
			phone.origin = nodes[1 - (turn % 2)]!.origin;
			await phone.askAgain();
		}
		reader.phone.origin = nodes[0]!.origin;
		expect(await reader.pull()).toBe(true);
		const found = await lookFor(database, { acked: [], phones });
		const there = await database.db
			.selectFrom('scope_row')
			.select(['t', 'id', 'ver'])
			.where('scope_id', '=', fam)
			.execute();
		console.log(
			`${SECONDS} s: ${found.pushed} pushed, ${died.flat().length} kills, ${cuts.length} cuts; ` +
				`poke p95 ${p95(told)} ms of ${told.length}; without LISTEN p95 ${p95(deaf)} ms of ${deaf.length}`
		);
		for (const one of slow) console.log(one);
		expect([found.lost, found.doubled, reader.faults, phones.flatMap((phone) => phone.otherwise)]).toEqual([
			[],
			[],
			[],
			[]
		]);
		expect(reader.rows).toEqual(new Map(there.map(({ t, id, ver }) => [`${t} ${id}`, ver])));
		expect(died.flat().length).toBeGreaterThanOrEqual(Math.floor(SECONDS / 20) - 5);
		expect(told.length).toBeGreaterThan(SECONDS / 6);
		expect(deaf.length).toBeGreaterThan(0);
		expect(p95(told)).toBeLessThan(1_000);
		expect(p95(deaf)).toBeLessThanOrEqual(5_000);
	}
);
