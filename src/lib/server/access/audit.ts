import { sql } from 'kysely';
import { scopeKind } from '#contract/scope.ts';
import type { Tx } from '../db/transaction.ts';
import { sha256 } from './keyed-hash.ts';
import { truncatedAddress } from './truncated-address.ts';

/** What is written down (sync-and-security §5.5). A new word is a line here and one in docs/privacy-and-threats.md. */
export const AUDIT_ACTIONS = [
	'sign-in',
	'sign-out',
	'activation',
	'unlock-reset',
	'way-in-added',
	'way-in-removed',
	'access-end',
	'suspend',
	'restore',
	'limit-read-only',
	'limit-no-family-scope',
	'limit-lift',
	'grant',
	'grant-withdraw',
	'capacity',
	'rights-moved',
	'hand-over',
	'case-list',
	'case-read',
	'scope-read',
	'scope-write',
	'export',
	'letters',
	'revoke',
	'quarantine',
	'submission',
	'file-kept',
	'file-refused',
	'moderation'
] as const;
export type AuditAction = (typeof AUDIT_ACTIONS)[number];

/** Why, in closed words: what a person would otherwise type stays in the council's own file. */
export const AUDIT_REASONS = [
	'court-order',
	'safeguarding',
	'no-longer-responsible',
	'asked-by-the-person',
	'mistake',
	'wrong-code',
	'wrong-birth-date',
	'wrong-proof',
	'no-mfa',
	'no-role',
	'unknown-identity',
	'not-allowed',
	'has-capacity',
	'represented'
] as const;
export type AuditReason = (typeof AUDIT_REASONS)[number];

export type AuditDraft = {
	/** Role: a relationship's, or `staff`/`case-officer`/… for staff; `nobody` has not signed in, `system` is a job of ours. */
	actor: { id: string; role: string } | 'nobody' | 'system';
	action: AuditAction;
	/** A scope id of the contract. Anything else is left out: a stranger's words do not belong here. */
	scope?: string;
	/** A uuid or hash of what it was about: never a case reference, a name, an address. */
	object?: string;
	reason?: AuditReason;
	/** Defaults to `done`. */
	outcome?: 'done' | 'refused';
	/** As `addressOf(call)` gives it; kept as a /24 or /48. */
	address?: string;
	device?: string;
};

/** Any constant no other lock of ours uses: one writer of the chain at a time, over all nodes. */
const LOCK = 7_235_020;
export const CHAIN_START = '0'.repeat(64);

export type AuditLine = {
	day: string;
	n: number;
	at: Date;
	actor: string | null;
	actor_role: string;
	action: string;
	scope: string | null;
	object: string | null;
	reason: string | null;
	outcome: 'done' | 'refused';
	ip_trunc: string | null;
	device: string | null;
	prev_hash: string;
};

/** The hash of a line over all that it says and the hash before it. */
export function lineHash(line: AuditLine): string {
	const {
		day,
		n,
		at,
		actor,
		actor_role,
		action,
		scope,
		object,
		reason,
		outcome,
		ip_trunc,
		device,
		prev_hash
	} = line;
	const said = [actor, actor_role, action, scope, object, reason, outcome, ip_trunc, device];
	return sha256(JSON.stringify([prev_hash, day, n, at.toISOString(), ...said]));
}

/**
 * Writes one line. Call it LAST in a READ COMMITTED transaction (the default): its lock is held until the commit, and a
 * caller that went on to lock a scope could wait for somebody who holds that scope and waits for this lock. The line
 * stands or falls with the transaction, so a refusal is written in one of its own.
 */
export async function audit(tx: Tx, draft: AuditDraft): Promise<void> {
	await sql`select pg_advisory_xact_lock(${sql.lit(LOCK)})`.execute(tx);
	// The database's clock, after the lock: nodes whose clocks differ still write one order.
	const { rows: clock } = await sql<{
		at: Date;
	}>`select date_trunc('milliseconds', clock_timestamp()) as at`.execute(tx);
	const last = await tx
		.selectFrom('audit_line')
		.select(['day', 'n', 'hash'])
		.orderBy('day', 'desc')
		.orderBy('n', 'desc')
		.limit(1)
		.executeTakeFirst();
	const at = clock[0]!.at;
	const today = at.toISOString().slice(0, 10);
	// A clock that was set back must not write into a day whose end has been chained on.
	const day = last && last.day > today ? last.day : today;
	const { actor, action, scope, object, reason, outcome = 'done', address, device } = draft;
	const line: AuditLine = {
		day,
		n: last?.day === day ? last.n + 1 : 1,
		at,
		actor: typeof actor === 'string' ? null : actor.id,
		actor_role: typeof actor === 'string' ? actor : actor.role,
		action,
		scope: scope !== undefined && scopeKind(scope) !== null ? scope : null,
		object: object ?? null,
		reason: reason ?? null,
		outcome,
		ip_trunc: address === undefined ? null : truncatedAddress(address),
		device: device ?? null,
		prev_hash: last?.hash ?? CHAIN_START
	};
	await tx
		.insertInto('audit_line')
		.values({ ...line, hash: lineHash(line) })
		.execute();
}
