import { randomBytes } from 'node:crypto';
import type { WebAuthnCredential } from '@simplewebauthn/server';
import type { Tx } from '../db/transaction.ts';
import { originsOf, type Call } from '../edge/caller.ts';
import type { Runtime } from '../runtime.ts';

export type Passkey = {
	id: string;
	accountId: string;
	/** Random, kept by the authenticator; null only before the account's first passkey. */
	handle: string | null;
	webauthn: WebAuthnCredential;
};

/**
 * Who we are to an authenticator, by the same rule that says which pages are ours. The id is the public host: passkeys made
 * for it are offered to no other site, whatever it looks like.
 */
export function relyingParty(call: Call, server: Runtime): { rpID: string; origins: string[] } {
	const home = server.config.publicOrigin ?? call.url.origin;
	return { rpID: new URL(home).hostname, origins: originsOf(call, server) };
}

/** A passkey by its credential id, or null. */
export async function readPasskey(tx: Tx, credentialId: string): Promise<Passkey | null> {
	const row = await tx
		.selectFrom('passkey')
		.innerJoin('account', 'account.id', 'passkey.account_id')
		.selectAll('passkey')
		.select('account.passkey_handle')
		.where('credential_id', '=', credentialId)
		.executeTakeFirst();
	if (!row) return null;
	return {
		id: row.credential_id,
		accountId: row.account_id,
		handle: row.passkey_handle,
		webauthn: {
			id: row.credential_id,
			publicKey: new Uint8Array(Buffer.from(row.public_key, 'base64url')),
			counter: row.counter,
			transports: row.transports
		}
	};
}

/** The passkeys of one person, as an authenticator is told which ones it may use or must not make again. */
export async function passkeysOf(
	tx: Tx,
	accountId: string
): Promise<{ id: string; deviceId: string; transports: string[] }[]> {
	const rows = await tx
		.selectFrom('passkey')
		.select(['credential_id', 'device_id', 'transports'])
		.where('account_id', '=', accountId)
		.orderBy('created_at')
		.execute();
	return rows.map((row) => ({
		id: row.credential_id,
		deviceId: row.device_id,
		transports: row.transports
	}));
}

/** The handle of an account's passkeys, made with the first. Two requests at once get the same one. */
export async function handleOf(tx: Tx, accountId: string): Promise<string> {
	await tx
		.updateTable('account')
		.set({ passkey_handle: randomBytes(32).toString('base64url') })
		.where('id', '=', accountId)
		.where('passkey_handle', 'is', null)
		.execute();
	const row = await tx
		.selectFrom('account')
		.select('passkey_handle')
		.where('id', '=', accountId)
		.executeTakeFirstOrThrow();
	return row.passkey_handle!;
}

/** False when that credential is there already, whoever's it is: an id belongs to one person for ever. */
export async function keepPasskey(
	tx: Tx,
	made: {
		accountId: string;
		deviceId: string;
		credential: WebAuthnCredential;
		synced: boolean;
		now: Date;
	}
): Promise<boolean> {
	const { credential } = made;
	const kept = await tx
		.insertInto('passkey')
		.values({
			credential_id: credential.id,
			account_id: made.accountId,
			device_id: made.deviceId,
			public_key: Buffer.from(credential.publicKey).toString('base64url'),
			counter: credential.counter,
			transports: JSON.stringify(credential.transports ?? []),
			synced: made.synced,
			created_at: made.now
		})
		.onConflict((at) => at.doNothing())
		.returning('credential_id')
		.executeTakeFirst();
	return kept !== undefined;
}

/**
 * Moves the counter on. False when somebody else moved it meanwhile or the passkey is gone: of a passkey and its copy only one
 * gets through.
 */
export async function usePasskey(
	tx: Tx,
	used: { id: string; from: number; to: number; now: Date }
): Promise<boolean> {
	const row = await tx
		.updateTable('passkey')
		.set({ counter: used.to, last_used: used.now })
		.where('credential_id', '=', used.id)
		.where('counter', '=', used.from)
		.returning('credential_id')
		.executeTakeFirst();
	return row !== undefined;
}
