import { createDecipheriv, createPublicKey, diffieHellman, generateKeyPairSync, hkdfSync } from 'node:crypto';
import type { Envelope } from '#contract/access/quarantine.ts';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { base64url, fromBase64url, sealToServer } from '#store/keys/envelope.ts';

/** The opposite, with other tools: what the server does with node:crypto. */
function opened({ kid, epk, iv, ct }: Envelope, privateKey: ReturnType<typeof pair>['privateKey']) {
	const raw = Buffer.from(epk, 'base64url');
	const jwk = {
		kty: 'EC',
		crv: 'P-256',
		x: raw.subarray(1, 33).toString('base64url'),
		y: raw.subarray(33).toString('base64url')
	};
	const publicKey = createPublicKey({ key: jwk, format: 'jwk' });
	const shared = diffieHellman({ privateKey, publicKey });
	const key = Buffer.from(hkdfSync('sha256', shared, '', `alongside envelope v1|${kid}`, 32));
	const sealed = Buffer.from(ct, 'base64url');
	const decipher = createDecipheriv('aes-256-gcm', key, Buffer.from(iv, 'base64url'));
	decipher.setAAD(Buffer.from(kid)).setAuthTag(sealed.subarray(-16));
	return Buffer.concat([decipher.update(sealed.subarray(0, -16)), decipher.final()]);
}
const pair = () => generateKeyPairSync('ec', { namedCurve: 'P-256' });
const spkiOf = ({ publicKey }: ReturnType<typeof pair>) =>
	publicKey.export({ format: 'der', type: 'spki' }).toString('base64');

it('opens with node:crypto, whatever the bytes', async () => {
	const server = pair();
	const key = { kid: 'k1', public: spkiOf(server) };
	await fc.assert(
		fc.asyncProperty(fc.uint8Array({ maxLength: 3000 }), async (bytes) => {
			const envelope = await sealToServer(key, new Uint8Array(bytes));
			expect(envelope).toMatchObject({ v: 1, kid: 'k1' });
			expect(Buffer.from(envelope.epk, 'base64url')).toHaveLength(65);
			expect(new Uint8Array(opened(envelope, server.privateKey))).toEqual(new Uint8Array(bytes));
		}),
		{ numRuns: 50 }
	);
});

it('opens with no other key, under no other name and with no changed byte', async () => {
	const server = pair();
	const envelope = await sealToServer({ kid: 'k1', public: spkiOf(server) }, new Uint8Array([1, 2, 3]));
	expect(() => opened(envelope, pair().privateKey)).toThrow();
	expect(() => opened({ ...envelope, kid: 'k2' }, server.privateKey)).toThrow();
	const ct = fromBase64url(envelope.ct);
	ct[0]! ^= 1;
	expect(() => opened({ ...envelope, ct: base64url(ct) }, server.privateKey)).toThrow();
});

it('never seals twice with the same key or the same iv', async () => {
	const key = { kid: 'k1', public: spkiOf(pair()) };
	const all = await Promise.all(Array.from({ length: 20 }, () => sealToServer(key, new Uint8Array(4))));
	expect(new Set(all.map((one) => one.epk)).size).toBe(20);
	expect(new Set(all.map((one) => one.iv)).size).toBe(20);
});

it('refuses a key that is none', async () => {
	await expect(sealToServer({ kid: 'k', public: 'AAAA' }, new Uint8Array(1))).rejects.toThrow();
});
