/**
 * Writes what today's app leaves on a phone, as JSON: `node tests/local-db/freeze.ts > tests/local-db/fixtures/vNNN.json`,
 * once, when a schema version is frozen. The device key cannot leave a browser, so here it is made extractable and written
 * down: this phone never existed.
 */
import 'fake-indexeddb/auto';
import { generateKeyPairSync } from 'node:crypto';
import { profileDb, registryDb } from '#store/db.ts';
import { openPhoneStore } from '#store/phone-store.ts';

const CASE = '11111111-1111-4111-8111-111111111111';
const SHARED = 'case:22222222-2222-4222-8222-222222222222:shared';
const generate = crypto.subtle.generateKey.bind(crypto.subtle) as (...args: unknown[]) => Promise<CryptoKey>;
crypto.subtle.generateKey = ((algorithm: unknown, _extractable: boolean, usages: unknown) =>
	generate(algorithm, true, usages)) as typeof crypto.subtle.generateKey;

const store = openPhoneStore();
await store.ready;
const { id } = await store.begin();
const own = `case:${CASE}:own:${id}`;
await store.put([
	{ scope: own, t: 'case', id: CASE, v: { child: { givenName: 'Zubair' } } },
	{ scope: own, t: 'event', id: 'e1', v: { type: 'assessment.requested', on: '2026-08-20', detail: {} } },
	{ scope: `user:${id}`, t: 'from.the.future', id: 'f1', v: { kept: true } }
]);
await store.pull.openAccount({ userId: '33333333-3333-4333-8333-333333333333', scopes: [SHARED] });
await store.pull.enterEpoch('44444444-4444-4444-8444-444444444444');
const patch = [
	{
		op: 'put' as const,
		t: 'event',
		id: 's1',
		ver: 7,
		sv: 1,
		v: { type: 'assessment.agreed', on: '2026-09-30', detail: {} }
	}
];
await store.pull.applyPage({ id: SHARED, from: null, to: 7, reset: true, patch }, true);
await store.pull.pulled('2026-11-24T10:00:00.000Z');
const { publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
await store.pull.keepServerKey({
	kid: '55555555-5555-4555-8555-555555555555',
	public: publicKey.export({ format: 'der', type: 'spki' }).toString('base64')
});
const scope = 'case:22222222-2222-4222-8222-222222222222:sent:33333333-3333-4333-8333-333333333333';
const add = (text: string) => store.outbox.add({ scope, name: 'message.send', args: { text } });
const [one, two] = [await add('one'), await add('two')];
await add('three');
await store.push.offer(3, 100_000);
const receipt = { no: 'R-1', at: '2026-11-24T10:00:00.000Z', sha256: 'a'.repeat(64) };
await store.push.acknowledge(
	[
		{ mid: one.mid, seq: 1, status: 'done', ver: 4, receipt },
		{ mid: two.mid, seq: 2, status: 'rejected', code: 'not_allowed' }
	],
	'2026-11-24T10:00:01.000Z'
);
await store.outbox.cancel((await add('four')).mid);
await add('five');
const draft = 'message.' + CASE;
const page = { scope: own, draft, type: 'image/jpeg' as const };
await store.files.add(new TextEncoder().encode('a page'), page);
const photo = await store.files.add(new TextEncoder().encode('a photo'), page);
await store.outbox.add({ scope, name: 'message.send', args: { text: 'six', files: [photo] } });
store.close();

const b64 = (bytes: Uint8Array) => ({ base64: Buffer.from(bytes).toString('base64') });
async function dump(db: ReturnType<typeof profileDb> | ReturnType<typeof registryDb>) {
	await db.open();
	const tables: Record<string, unknown[]> = {};
	for (const table of db.tables) {
		tables[table.name] = await Promise.all(
			(await table.toArray()).map(async (row: { key?: unknown }) =>
				row.key instanceof CryptoKey
					? { ...row, key: { raw: b64(new Uint8Array(await crypto.subtle.exportKey('raw', row.key))) } }
					: row
			)
		);
	}
	db.close();
	return tables;
}
const frozen = { profile: id, registry: await dump(registryDb({})), database: await dump(profileDb(id, {})) };
console.log(
	JSON.stringify(
		frozen,
		(_key, value: unknown) =>
			value instanceof Uint8Array
				? b64(value)
				: value instanceof ArrayBuffer
					? { buffer: b64(new Uint8Array(value)).base64 }
					: value,
		'\t'
	)
);
process.exit(0);
