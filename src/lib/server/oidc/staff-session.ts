import { randomBytes } from 'node:crypto';
import type { StaffRole } from '../access/roles.ts';
import { sha256 } from '../access/keyed-hash.ts';
import type { Tx } from '../db/transaction.ts';
import type { StaffGrant } from './provider.ts';

/** Lifetimes of sync-and-security §5.2. A desk is left for lunch; a working day ends. */
export const STAFF_IDLE_MS = 30 * 60_000;
export const STAFF_WHOLE_MS = 12 * 3_600_000;
/** Writing "last used" at every request would make each page a write. */
const TOUCH_MS = 60_000;

export type StaffSession = {
	staffId: string;
	name: string | null;
	/** All that the provider's groups allow; one council at a time is acted for. */
	grants: readonly StaffGrant[];
	/** Null until one of several councils is chosen. */
	acting: { council: string; role: StaffRole } | null;
};

/** Who signed in, as the provider swears, and what their groups allow. */
export type StaffArrival = {
	issuer: string;
	sub: string;
	name: string | null;
	grants: readonly StaffGrant[];
};

/** Begins a session and returns its token; the database keeps only the SHA-256. An earlier one of the same browser ends. */
export async function startStaffSession(
	tx: Tx,
	arrival: StaffArrival,
	{ now, earlier }: { now: Date; earlier?: string }
): Promise<{ token: string; staffId: string }> {
	const whole = new Date(now.getTime() - STAFF_WHOLE_MS);
	await tx.deleteFrom('staff_session').where('created_at', '<', whole).execute();
	if (earlier) await endStaffSession(tx, earlier, now);
	const { issuer, sub, name, grants } = arrival;
	const person = await tx
		.insertInto('staff_person')
		.values({ id: crypto.randomUUID(), issuer, sub, first_seen: now, last_seen: now })
		.onConflict((at) => at.columns(['issuer', 'sub']).doUpdateSet({ last_seen: now }))
		.returning('id')
		.executeTakeFirstOrThrow();
	const councils = new Set(grants.map((grant) => grant.council));
	const token = newToken();
	await tx
		.insertInto('staff_session')
		.values({
			token_sha256: sha256(token),
			person_id: person.id,
			name,
			grants: JSON.stringify(grants),
			council: councils.size === 1 ? [...councils][0]! : null,
			created_at: now,
			last_used: now
		})
		.execute();
	return { token, staffId: person.id };
}

/** The running session of a token, or null. */
export async function readStaffSession(tx: Tx, token: string, now: Date): Promise<StaffSession | null> {
	const row = await tx
		.selectFrom('staff_session')
		.selectAll()
		.where('token_sha256', '=', sha256(token))
		.where('ended_at', 'is', null)
		.where('last_used', '>', new Date(now.getTime() - STAFF_IDLE_MS))
		.where('created_at', '>', new Date(now.getTime() - STAFF_WHOLE_MS))
		.executeTakeFirst();
	if (!row) return null;
	if (now.getTime() - row.last_used.getTime() > TOUCH_MS)
		await tx
			.updateTable('staff_session')
			.set({ last_used: now })
			.where('token_sha256', '=', row.token_sha256)
			.execute();
	const acting = row.grants.find((grant) => grant.council === row.council) ?? null;
	return { staffId: row.person_id, name: row.name, grants: row.grants, acting };
}

/**
 * Acts for another of the session's councils from now on. What the session may do changes, so its token does too: returns
 * the new one, or null when the session has ended or has no such council.
 */
export async function chooseCouncil(
	tx: Tx,
	token: string,
	{ council, now }: { council: string; now: Date }
): Promise<string | null> {
	const session = await readStaffSession(tx, token, now);
	if (!session?.grants.some((grant) => grant.council === council)) return null;
	const next = newToken();
	await tx
		.updateTable('staff_session')
		.set({ token_sha256: sha256(next), council, last_used: now })
		.where('token_sha256', '=', sha256(token))
		.execute();
	return next;
}

export async function endStaffSession(tx: Tx, token: string, now: Date): Promise<void> {
	await tx
		.updateTable('staff_session')
		.set({ ended_at: now })
		.where('token_sha256', '=', sha256(token))
		.where('ended_at', 'is', null)
		.execute();
}

/** Everybody's, on every node: each page asks for its session anew. Returns how many were running. */
export async function endAllStaffSessions(tx: Tx, now: Date): Promise<number> {
	const ended = await tx
		.updateTable('staff_session')
		.set({ ended_at: now })
		.where('ended_at', 'is', null)
		.where('last_used', '>', new Date(now.getTime() - STAFF_IDLE_MS))
		.where('created_at', '>', new Date(now.getTime() - STAFF_WHOLE_MS))
		.executeTakeFirst();
	return Number(ended.numUpdatedRows);
}

const newToken = () => randomBytes(32).toString('base64url');
