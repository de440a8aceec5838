import {
	createDecipheriv,
	createPrivateKey,
	createPublicKey,
	diffieHellman,
	generateKeyPairSync,
	hkdfSync
} from 'node:crypto';
import { sql } from 'kysely';
import { boundTo, type Envelope } from '#contract/access/quarantine.ts';
import type { Tx } from '../db/transaction.ts';
import { seal, unseal } from './sealed.ts';

const DAY_MS = 86_400_000;
/** A key serves for a year; what was sealed to it may arrive for 400 days more (sync-and-security §5.1). */
const SERVES_MS = 365 * DAY_MS;
const KEPT_MS = 400 * DAY_MS;
/** Any constant no other lock of ours uses: nodes that start together make one key. */
const LOCK = 7_235_021;

/**
 * The key that phones seal to now (SPKI, base64). Makes the first, replaces one that has served its year, forgets the
 * private half of those retired long ago. Call it in a writing transaction.
 */
export async function currentServerKey(
	tx: Tx,
	{ secret, now }: { secret: string; now: Date }
): Promise<{ kid: string; public: string }> {
	const good = await servingKey(tx, now);
	if (good) return good;
	await sql`select pg_advisory_xact_lock(${sql.lit(LOCK)})`.execute(tx);
	// Another node may have made it while we waited.
	const made = await servingKey(tx, now);
	if (made) return made;
	await tx.updateTable('server_key').set({ retired_at: now }).where('retired_at', 'is', null).execute();
	await tx
		.updateTable('server_key')
		.set({ private_sealed: null })
		.where('retired_at', '<', new Date(now.getTime() - KEPT_MS))
		.execute();
	const kid = crypto.randomUUID();
	const pair = generateKeyPairSync('ec', {
		namedCurve: 'P-256',
		publicKeyEncoding: { type: 'spki', format: 'der' },
		privateKeyEncoding: { type: 'pkcs8', format: 'der' }
	});
	const fresh = { kid, public: pair.publicKey.toString('base64') };
	await tx
		.insertInto('server_key')
		.values({
			...fresh,
			private_sealed: seal({ secret, use: 'server-key', place: kid }, pair.privateKey),
			created_at: now
		})
		.execute();
	return fresh;
}

/** The key that serves now, for a transaction that only reads; undefined in the moment before one is made. */
export async function servingKey(tx: Tx, now: Date): Promise<{ kid: string; public: string } | undefined> {
	return tx
		.selectFrom('server_key')
		.select(['kid', 'public'])
		.where('retired_at', 'is', null)
		.where('created_at', '>', new Date(now.getTime() - SERVES_MS))
		.orderBy('created_at', 'desc')
		.executeTakeFirst();
}

/**
 * What a phone sealed, or null when no key of ours opens it (unknown, too old, changed on the way, or put in another place than the
 * one it was sealed for).
 */
export async function openEnvelope(
	tx: Tx,
	sealed: Envelope,
	{ secret, place = '' }: { secret: string; place?: string }
): Promise<Buffer | null> {
	const key = await tx
		.selectFrom('server_key')
		.select(['kid', 'private_sealed'])
		.where('kid', '=', sealed.kid)
		.executeTakeFirst();
	if (!key?.private_sealed) return null;
	try {
		const der = unseal({ secret, use: 'server-key', place: key.kid }, key.private_sealed);
		const privateKey = createPrivateKey({ key: der, format: 'der', type: 'pkcs8' });
		return openWith(privateKey, sealed, place);
	} catch {
		return null;
	}
}

function openWith(privateKey: ReturnType<typeof createPrivateKey>, sealed: Envelope, place: string): Buffer {
	const point = Buffer.from(sealed.epk, 'base64url');
	if (point.length !== 65 || point[0] !== 4) throw new Error('not an uncompressed point');
	const publicKey = createPublicKey({
		key: {
			kty: 'EC',
			crv: 'P-256',
			x: point.subarray(1, 33).toString('base64url'),
			y: point.subarray(33).toString('base64url')
		},
		format: 'jwk'
	});
	const shared = diffieHellman({ privateKey, publicKey });
	const key = Buffer.from(hkdfSync('sha256', shared, '', `alongside envelope v1|${sealed.kid}`, 32));
	const ct = Buffer.from(sealed.ct, 'base64url');
	const open = createDecipheriv('aes-256-gcm', key, Buffer.from(sealed.iv, 'base64url'))
		.setAAD(Buffer.from(boundTo(sealed.kid, place)))
		.setAuthTag(ct.subarray(-16));
	return Buffer.concat([open.update(ct.subarray(0, -16)), open.final()]);
}
