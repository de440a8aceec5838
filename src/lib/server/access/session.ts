import { createHmac, randomBytes } from 'node:crypto';
import type { Proof } from '#contract/access/sign-in.ts';
import type { Tx } from '../db/transaction.ts';
import { sha256 } from './keyed-hash.ts';

const DAY_MS = 86_400_000;
/** Families are not asked to sign in again while they open the app once a month (sync-and-security §5.2). */
export const IDLE_MS = 30 * DAY_MS;
const ROTATE_MS = DAY_MS;
/** Requests already on their way with the old token when the new one was first used. */
const GRACE_MS = 60_000;
/** Writing "last used" at every request would make each read a write. */
const TOUCH_MS = 3_600_000;

export type Session = {
	accountId: string;
	deviceId: string;
	/** When and how the person last proved who they are: what step-up asks (step-up.ts). */
	provedAt: Date;
	provedBy: Proof;
	/** Set this in the cookie: the token was, or is being, rotated. */
	next?: string;
};

export type SessionStart = {
	accountId: string;
	deviceId: string;
	/** For a phone that is new to this account; one that was named before keeps its name. */
	deviceName: string;
	by?: Proof;
	/** When the person proved it, where a provider says that it was earlier. */
	provedAt?: Date | undefined;
	/** The token this browser had, whoever's it was. It ends: a token that somebody planted is never the one signed in. */
	ends?: string | undefined;
	now: Date;
};

/**
 * A new 256-bit opaque token; the database keeps only its SHA-256. Ends the phone's earlier sessions of this account, and of
 * this account alone: a device's id is no secret, and saying another person's must not sign them out.
 */
export async function startSession(tx: Tx, start: SessionStart): Promise<string> {
	const { accountId, deviceId, now } = start;
	const known = { last_seen: now, revoked_at: null };
	await tx
		.insertInto('device')
		.values({ account_id: accountId, id: deviceId, name: start.deviceName, ...known })
		.onConflict((at) => at.columns(['account_id', 'id']).doUpdateSet(known))
		.execute();
	if (start.ends !== undefined) await endSession(tx, start.ends, { now });
	await tx
		.updateTable('session')
		.set({ ended_at: now })
		.where('account_id', '=', accountId)
		.where('device_id', '=', deviceId)
		.where('ended_at', 'is', null)
		.execute();
	const token = randomBytes(32).toString('base64url');
	await tx
		.insertInto('session')
		.values({
			token_sha256: sha256(token),
			account_id: accountId,
			device_id: deviceId,
			created_at: now,
			rotated_at: now,
			last_used: now,
			proved_at: start.provedAt ?? now,
			proved_by: start.by ?? 'letter'
		})
		.execute();
	return token;
}

/**
 * The session of a token, or null. After a day the token is exchanged. The next one is derived from the old under the
 * server's secret, so that several requests at once, or one whose answer was lost, all hear the same new token; the old one
 * stays good until the new one has been seen, or a phone on a bad line would be signed out.
 */
export async function readSession(
	tx: Tx,
	token: string,
	{ secret, now }: { secret: string; now: Date }
): Promise<Session | null> {
	const hash = sha256(token);
	const row = await tx
		.selectFrom('session')
		.innerJoin('device', (join) =>
			join.onRef('device.account_id', '=', 'session.account_id').onRef('device.id', '=', 'session.device_id')
		)
		.selectAll('session')
		.where((where) => where.or([where('token_sha256', '=', hash), where('previous_sha256', '=', hash)]))
		.where('ended_at', 'is', null)
		.where('device.revoked_at', 'is', null)
		.where('last_used', '>', new Date(now.getTime() - IDLE_MS))
		.executeTakeFirst();
	if (!row) return null;
	const who = {
		accountId: row.account_id,
		deviceId: row.device_id,
		provedAt: row.proved_at ?? row.created_at,
		provedBy: (row.proved_by ?? 'letter') as Proof
	};
	const change = async (set: object) => {
		await tx.updateTable('session').set(set).where('token_sha256', '=', row.token_sha256).execute();
		const device = tx.updateTable('device').set({ last_seen: now }).where('account_id', '=', row.account_id);
		await device.where('id', '=', row.device_id).execute();
	};
	if (row.token_sha256 !== hash) {
		if (row.confirmed_at === null) return { ...who, next: nextToken(secret, token) };
		return now.getTime() - row.confirmed_at.getTime() < GRACE_MS ? who : null;
	}
	if (row.previous_sha256 !== null && row.confirmed_at === null) {
		// Not rotated again in the same breath: requests with the one before are still on their way.
		await change({ confirmed_at: now, last_used: now });
		return who;
	}
	if (now.getTime() - (row.confirmed_at ?? row.rotated_at).getTime() > ROTATE_MS) {
		const next = nextToken(secret, token);
		await change({
			token_sha256: sha256(next),
			previous_sha256: hash,
			confirmed_at: null,
			rotated_at: now,
			last_used: now
		});
		return { ...who, next };
	}
	if (now.getTime() - row.last_used.getTime() > TOUCH_MS) await change({ last_used: now });
	return who;
}

/**
 * The phone behind a token when its person removed it from their list, ended sessions included: it must hear that, and not
 * "sign in again". Null when the token is unknown or its phone is not revoked.
 */
export async function readRevoked(
	tx: Tx,
	token: string
): Promise<{ accountId: string; deviceId: string; revokedAt: Date } | null> {
	const hash = sha256(token);
	const row = await tx
		.selectFrom('session')
		.innerJoin('device', (join) =>
			join.onRef('device.account_id', '=', 'session.account_id').onRef('device.id', '=', 'session.device_id')
		)
		.select(['session.account_id', 'session.device_id', 'device.revoked_at'])
		.where((where) => where.or([where('token_sha256', '=', hash), where('previous_sha256', '=', hash)]))
		.where('device.revoked_at', 'is not', null)
		.executeTakeFirst();
	return row && row.revoked_at
		? { accountId: row.account_id, deviceId: row.device_id, revokedAt: row.revoked_at }
		: null;
}

/** Whose session it was; null when it had ended already, never was, or is none of these devices'. */
export async function endSession(
	tx: Tx,
	token: string,
	{ now, devices }: { now: Date; devices?: readonly string[] | undefined }
): Promise<{ accountId: string; deviceId: string } | null> {
	const hash = sha256(token);
	const row = await tx
		.updateTable('session')
		.set({ ended_at: now })
		.where((where) => where.or([where('token_sha256', '=', hash), where('previous_sha256', '=', hash)]))
		.where('ended_at', 'is', null)
		.$if(devices !== undefined, (query) => query.where('device_id', 'in', devices!))
		.returning(['account_id', 'device_id'])
		.executeTakeFirst();
	return row ? { accountId: row.account_id, deviceId: row.device_id } : null;
}

const nextToken = (secret: string, token: string) =>
	createHmac('sha256', secret).update(`session-next\0${token}`).digest('base64url');
