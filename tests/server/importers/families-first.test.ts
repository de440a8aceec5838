import { setTimeout as wait } from 'node:timers/promises';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { ask, breathe, giveWay, someoneAsks } from '#server/db/give-way.ts';
import type { Database } from '#server/db/open-database.ts';
import { batches } from '#server/importers/bulk/batches.ts';
import { readInstance } from '#server/instance.ts';
import { testDatabase } from '../../support/database.ts';

let database: Database;
beforeAll(async () => (database = await testDatabase()));
afterAll(() => database.close());

it('a request that comes after a job asked goes before it, with all the transactions it makes', async () => {
	// The clock stands still, so that on a slow machine the job's patience does not run out.
	vi.useFakeTimers({ toFake: ['performance'] });
	const order: string[] = [];
	const told = (name: string, job = false) =>
		database.transact(async (tx) => (await readInstance(tx), void order.push(name)), { job });
	const request = async (name: string) => {
		await told(`${name} who`);
		await told(`${name} what`);
	};
	const first = request('first');
	const job = told('job', true);
	const second = request('second');
	await Promise.all([first, job, second]).finally(() => vi.useRealTimers());
	expect(order.at(-1)).toBe('job');
	expect(order).toHaveLength(5);
});

it('a job gets its turn although somebody always asks', async () => {
	const left = ask();
	const began = performance.now();
	await giveWay();
	left();
	expect(performance.now() - began).toBeGreaterThanOrEqual(45);
	expect(performance.now() - began).toBeLessThan(5_000);
});

it('a request whose transaction fails holds no job back', async () => {
	await expect(database.transact(() => Promise.reject(new Error('no')))).rejects.toThrow('no');
	const began = performance.now();
	for (let i = 0; i < 20; i++) await giveWay();
	// Twenty waits to the end of a job's patience would be a second.
	expect(performance.now() - began).toBeLessThan(900);
});

it('a long piece of reading lets other work of the thread through', async () => {
	let turns = 0;
	const timer = setInterval(() => turns++, 1);
	const until = performance.now() + 200;
	while (performance.now() < until) await breathe();
	clearInterval(timer);
	expect(turns).toBeGreaterThan(5);
});

it('writes large batches for a council alone and small ones while somebody asks, whole cases both times', async () => {
	const cases = Array.from({ length: 40 }, (_, i) => ({ ref: i, facts: 8 }));
	const left = ask();
	const cut = batches(cases, (one) => one.facts);
	const sizes = [cut.next().value?.length];
	left();
	while (someoneAsks()) await wait(50);
	for (const batch of cut) sizes.push(batch.length);
	expect(sizes).toEqual([3, 12, 12, 12, 1]);
	expect(
		[...batches([{ facts: 500 }, { facts: 1 }], (one) => one.facts)].map((batch) => batch.length)
	).toEqual([1, 1]);
});
