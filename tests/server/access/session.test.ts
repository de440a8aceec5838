import { afterAll, beforeAll, expect, test } from 'vitest';
import { endSession, readSession, startSession } from '#server/access/session.ts';
import type { Database } from '#server/db/open-database.ts';
import { TEST_SECRET, testDatabase } from '../../support/database.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const start = new Date('2026-11-02T09:00:00Z');
const later = (ms: number) => new Date(start.getTime() + ms);

let database: Database;
beforeAll(async () => (database = await testDatabase()));
afterAll(() => database.close());

async function fresh(): Promise<string> {
	const accountId = crypto.randomUUID();
	return database.transact(async (tx) => {
		await tx.insertInto('account').values({ id: accountId }).execute();
		return startSession(tx, { accountId, deviceId: crypto.randomUUID(), deviceName: 'Phone', now: start });
	});
}
const read = (token: string, now: Date) =>
	database.transact((tx) => readSession(tx, token, { secret: TEST_SECRET, now }));

test('the token itself is nowhere in the database', async () => {
	const token = await fresh();
	expect(token.length).toBeGreaterThanOrEqual(43);
	expect(JSON.stringify(await database.db.selectFrom('session').selectAll().execute())).not.toContain(token);
});

test('a month without use ends it; use keeps it', async () => {
	const token = await fresh();
	expect(await read(token, later(30 * DAY + HOUR))).toBeNull();
	const used = await fresh();
	let current = used;
	for (let day = 20; day <= 80; day += 20) {
		const session = await read(current, later(day * DAY));
		expect(session).not.toBeNull();
		current = session!.next ?? current;
	}
});

test('a lost answer to a rotation signs nobody out, and requests at once hear one new token', async () => {
	const token = await fresh();
	const [one, two] = [await read(token, later(DAY + HOUR)), await read(token, later(DAY + HOUR))];
	expect(one!.next).toBeDefined();
	expect(two!.next).toBe(one!.next);
	// The phone never heard: a week later the old one still opens, and hears the new one again.
	expect((await read(token, later(8 * DAY)))!.next).toBe(one!.next);
	// Once the new one was seen, the old one is good for what is still on its way, then never again.
	expect(await read(one!.next!, later(8 * DAY))).not.toBeNull();
	expect(await read(token, later(8 * DAY + 30_000))).not.toBeNull();
	expect(await read(token, later(8 * DAY + 120_000))).toBeNull();
});

test('ended by either token, and a revoked device is out at once', async () => {
	const token = await fresh();
	const next = (await read(token, later(DAY + HOUR)))!.next!;
	await database.transact((tx) => endSession(tx, token, { now: later(DAY + HOUR) }));
	expect(await read(next, later(DAY + HOUR))).toBeNull();
	const other = await fresh();
	const { deviceId } = (await read(other, later(HOUR)))!;
	await database.db
		.updateTable('device')
		.set({ revoked_at: later(HOUR) })
		.where('id', '=', deviceId)
		.execute();
	expect(await read(other, later(HOUR))).toBeNull();
});
