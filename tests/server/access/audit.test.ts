import { sql, type RawBuilder } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { audit, type AuditDraft } from '#server/access/audit.ts';
import { verifyAudit } from '#server/access/audit-chain.ts';
import { truncatedAddress } from '#server/access/truncated-address.ts';
import type { Database } from '#server/db/open-database.ts';
import type { Tx } from '#server/db/transaction.ts';
import { runJob } from '#server/ops/job-socket.ts';
import { TEST_SECRET, testDatabase } from '../../support/database.ts';

let database: Database;
beforeAll(async () => (database = await testDatabase()));
afterAll(() => database.close());

const write = (draft: AuditDraft) => database.transact((tx) => audit(tx, draft));
const read = <T>(work: (tx: Tx) => Promise<T>) => database.transact(work, { readOnly: true });
const lines = () => database.db.selectFrom('audit_line').selectAll().orderBy('day').orderBy('n').execute();
const GUARDIAN = { id: crypto.randomUUID(), role: 'guardian' };
const SHARED = `case:${crypto.randomUUID()}:shared`;

test('lines follow one another, also when many are written at once', async () => {
	await Promise.all(
		Array.from({ length: 12 }, () => write({ actor: GUARDIAN, action: 'sign-in', address: '192.0.2.77' }))
	);
	await write({ actor: 'nobody', action: 'activation', outcome: 'refused', reason: 'wrong-code' });
	const kept = await lines();
	expect(kept.map((line) => line.n)).toEqual(kept.map((_, index) => index + 1));
	expect(kept[0]).toMatchObject({ actor: GUARDIAN.id, ip_trunc: '192.0.2.0/24', outcome: 'done' });
	const report = await verifyAudit(read);
	expect(report).toMatchObject({ lines: 13, broken: null });
	expect(report.head?.hash).toBe(kept.at(-1)?.hash);
});

test('a line cannot be changed, removed or emptied through the database that the server has', async () => {
	const before = await lines();
	for (const statement of [
		sql`update audit_line set actor = null`,
		sql`delete from audit_line`,
		sql`truncate audit_line`
	])
		await expect(database.transact((tx) => statement.execute(tx))).rejects.toThrow(/append-only/);
	expect(await lines()).toEqual(before);
});

test('words of a stranger are not kept: a scope that is none is left out, a name is refused', async () => {
	await write({
		actor: 'nobody',
		action: 'scope-read',
		outcome: 'refused',
		scope: 'case:Amira Mirza:shared'
	});
	expect((await lines()).at(-1)?.scope).toBeNull();
	await write({ actor: GUARDIAN, action: 'case-read', scope: SHARED });
	expect((await lines()).at(-1)?.scope).toBe(SHARED);
	await expect(write({ actor: GUARDIAN, action: 'case-read', object: 'Amira Mirza' })).rejects.toThrow();
	await expect(write({ actor: { ...GUARDIAN, role: 'Officer Jones' }, action: 'sign-in' })).rejects.toThrow();
});

test('a refused transaction leaves no line, and the chain goes on from the one before', async () => {
	const before = await lines();
	const failing = database.transact(async (tx) => {
		await audit(tx, { actor: 'system', action: 'export' });
		throw new Error('taken back');
	});
	await expect(failing).rejects.toThrow('taken back');
	await write({ actor: 'system', action: 'export' });
	const after = await lines();
	expect(after).toHaveLength(before.length + 1);
	expect(after.at(-1)?.prev_hash).toBe(before.at(-1)?.hash);
});

/** As somebody with the database's own keys could. */
async function tamper(tx: Tx, change: RawBuilder<unknown>): Promise<void> {
	await sql`alter table audit_line disable trigger user`.execute(tx);
	await change.execute(tx);
	await sql`alter table audit_line enable trigger user`.execute(tx);
}
const ONE = sql`(select n from audit_line where action = 'activation' limit 1)`;

test.each([
	['changed', sql`update audit_line set outcome = 'done' where n = ${ONE}`],
	['taken out', sql`delete from audit_line where n = ${ONE}`],
	['moved', sql`update audit_line set day = '2020-01-01' where n = ${ONE}`]
])('a line that was %s behind our back is found', async (_, change) => {
	const { n } = (await lines()).find((line) => line.action === 'activation')!;
	const found = database.transact(async (tx) => {
		await tamper(tx, change);
		const { broken } = await verifyAudit((work) => work(tx));
		// Taken back again, for the next one.
		throw Object.assign(new Error('seen'), { broken });
	});
	const { broken } = (await found.catch((seen: unknown) => seen)) as { broken: { n: number } | null };
	expect([n, n + 1]).toContain(broken?.n);
});

test('the command prints the chain’s end, and says where it is broken', async () => {
	const said: string[] = [];
	const io = { out: (text: string) => void said.push(text), err: (text: string) => void said.push(text) };
	const config = { secret: TEST_SECRET } as never;
	const head = () => runJob('audit-head', [], { database, config, io, cwd: '/' });
	expect(await head()).toBe(0);
	const { day, n, hash } = (await lines()).at(-1)!;
	expect(said.join()).toContain(`Head: ${day} ${n} ${hash}`);
	await database.transact((tx) => tamper(tx, sql`delete from audit_line where n = ${ONE}`));
	expect(await head()).toBe(1);
	expect(said.at(-1)).toContain('was changed');
});

test('an address is cut to its neighbourhood', () => {
	expect(truncatedAddress('203.0.113.9')).toBe('203.0.113.0/24');
	expect(truncatedAddress('2001:db8:1:2')).toBe('2001:db8:1::/48');
	expect(truncatedAddress('0:0:0:0')).toBe('0:0:0::/48');
	expect(truncatedAddress('Amira')).toBeNull();
});
