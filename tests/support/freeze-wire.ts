/**
 * `node tests/support/freeze-wire.ts v2` writes down what today's phones send and hear, once and for ever (tests/fixtures/wire/README.md).
 * It refuses to write over a version that is there.
 */
import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import * as Y from 'yjs';
import { checkCharacter, CODE_ALPHABET, CODE_RANDOM, printedCode } from '#contract/access/code.ts';
import { questionRoot } from '#contract/draft-roots.ts';
import { revokeDevice } from '#server/access/devices.ts';
import { PROTO, SCHEMA } from '#contract/version.ts';
import { onPGlite } from './database.ts';
import { freezeBackup } from './freeze-backup.ts';
import { runtimeOn } from './family.ts';
import { ENDPOINTS, layPeople, WIRE, type Frozen, type People } from './frozen-wire.ts';
import { sealedMutation } from './pushing.ts';
import { sealFor } from './seal-for.ts';
import { Phone } from './sign-in.ts';

const folder = join(WIRE, process.argv[2]!);
mkdirSync(folder);
const write = (name: string, what: unknown) =>
	writeFileSync(join(folder, `${name}.json`), `${JSON.stringify(what, null, '\t')}\n`);

const pair = generateKeyPairSync('ec', {
	namedCurve: 'P-256',
	publicKeyEncoding: { type: 'spki', format: 'der' },
	privateKeyEncoding: { type: 'pkcs8', format: 'der' }
});
const key = { kid: crypto.randomUUID(), public: pair.publicKey.toString('base64') };
const random = [...randomBytes(CODE_RANDOM)].map((byte) => CODE_ALPHABET[byte & 31]).join('');
const people: People = {
	epoch: crypto.randomUUID(),
	council: 'X99000007',
	caseId: crypto.randomUUID(),
	accountId: crypto.randomUUID(),
	deviceId: crypto.randomUUID(),
	key: { ...key, private: pair.privateKey.toString('base64') },
	letter: { code: random + checkCharacter(random), guardianRef: 'F2', bornOn: '2017-05-04' }
};
write('people', people);
write('backup', await freezeBackup());

const server = runtimeOn(await onPGlite());
const phone = await layPeople(server, people);
let count = 0;
async function freeze(name: string, what: Omit<Frozen, 'answer'>, by = phone): Promise<void> {
	const { status, body } = await by.post(ENDPOINTS[what.path]!, what.request);
	if (status !== 200) throw new Error(`${name} was refused: ${status} ${JSON.stringify(body)}`);
	write(`${String(++count).padStart(2, '0')}-${name}`, { ...what, answer: body } satisfies Frozen);
}

const { caseId, accountId, deviceId } = people;
const fam = `case:${caseId}:fam`;
const sent = `case:${caseId}:sent:${accountId}`;
const noteId = crypto.randomUUID();
const doc = new Y.Doc();
doc.getText(questionRoot('about')).insert(0, 'Words of a draft, with an emoji 🚌 and a zażółć.');
const changes: [string, string, unknown][] = [
	[
		'note.put',
		fam,
		{ id: noteId, baseVer: null, patch: { text: 'The taxi did not come.', on: '2026-11-25' } }
	],
	['note.delete', fam, { id: noteId, baseVer: 1 }],
	[
		'draft.write',
		fam,
		{ form: 'annual-review', version: 1, update: Buffer.from(Y.encodeStateAsUpdate(doc)).toString('base64') }
	],
	[
		'message.send',
		sent,
		{ id: crypto.randomUUID(), text: 'When will the advice come?', lang: 'ur', interpreter: 'ur' }
	],
	[
		'views.send',
		sent,
		{
			id: crypto.randomUUID(),
			form: 'annual-review',
			version: 1,
			answers: { about: 'ہمارے خیالات', hard: 'Mornings.' }
		}
	],
	['none', fam, {}]
];
for (const [at, [name, scope, args]] of changes.entries()) {
	const one = await sealedMutation(key, { seq: at + 1, name, scope, args });
	const request = { proto: PROTO, schema: SCHEMA, deviceId, mutations: [one] };
	await freeze(`push-${name}`, { path: '/api/sync/push', request, opened: [{ sv: 1, args }] });
}
const pulling = { proto: PROTO, schema: SCHEMA, deviceId, epoch: people.epoch };
const scopes = [fam, sent].map((id) => ({ id, cookie: null }));
await freeze('pull-all', { path: '/api/sync/pull', request: { ...pulling, acked: 2, scopes } });
const ahead = {
	...pulling,
	epoch: null,
	scopes: [
		{ id: fam, cookie: 1 },
		{ id: `case:${crypto.randomUUID()}:fam`, cookie: 3 }
	]
};
await freeze('pull-another-life', { path: '/api/sync/pull', request: ahead });
const letter = { code: printedCode(people.letter.code).toLowerCase(), bornOn: people.letter.bornOn };
const request = { ...letter, deviceId: crypto.randomUUID(), deviceName: 'Phone' };
await freeze('redeem', { path: '/api/activation/redeem', request }, new Phone(server));
await server.database.transact((tx) => revokeDevice(tx, { accountId, id: deviceId, now: new Date() }));
const envelope = await sealFor(key, JSON.stringify({ outbox: [] }));
await freeze('quarantine', {
	path: '/api/quarantine',
	request: { items: [{ id: crypto.randomUUID(), envelope }] }
});
await server.close();
console.log(`${count} written to ${folder}`);
process.exit(0);
