import { sql } from 'kysely';
import { userScope } from '#contract/scope.ts';
import { touchScope } from '../cases/scope-writer.ts';
import type { Tx } from '../db/transaction.ts';
import { audit, type AuditAction, type AuditReason } from './audit.ts';
import { can, limitsFor, type Restriction, type StaffActor } from './can.ts';
import { anotherNameSince } from './renamed.ts';
import { ROLES, type HoldReason, type Role } from './roles.ts';

/** A person who is or was tied to a case, without address: staff see what their own system told us. */
export type LinkedPerson = {
	accountId: string;
	/** As the roster has it; null where it names nobody any more, or somebody else by the same reference. */
	name: string | null;
	/** Null where the reference is somebody else's now. */
	guardianRef: string | null;
	role: Role;
	basis: 'roster' | 'invitation' | 'court-order' | 'own-right';
	from: Date;
	until: Date | null;
	restrictions: string[];
	/** Kept out by the council at the moment. */
	hold: { reason: HoldReason; placedAt: Date } | null;
};
export type Decision = { caseScope: string; accountId: string; address?: string };
/** `not_allowed` is written into the audit; `unknown`: no such running relationship, or nothing to lift. */
export type Decided = { ok: true } | { ok: false; code: 'not_allowed' | 'unknown' };

/** Who is linked to a case, newest first. Call after `can(staff, 'read', caseScope)`. */
export async function linkedPeople(tx: Tx, caseScope: string): Promise<LinkedPerson[]> {
	const rows = await tx
		.selectFrom('relationship as r')
		.leftJoin('access_hold as h', (join) =>
			join
				.onRef('h.case_scope', '=', 'r.case_scope')
				.onRef('h.account_id', '=', 'r.account_id')
				.on('h.lifted_at', 'is', null)
		)
		.leftJoin('guardian', (join) =>
			join
				.onRef('guardian.scope_id', '=', 'r.case_scope')
				.onRef('guardian.guardian_ref', '=', 'r.guardian_ref')
		)
		.select(anotherNameSince('r', 'guardian').as('renamed'))
		.select([
			'r.account_id',
			'r.guardian_ref',
			'guardian.name',
			'r.role',
			'authority_basis',
			'from_at',
			'until_at',
			'restrictions'
		])
		.select(['h.reason', 'h.placed_at'])
		.where('r.case_scope', '=', caseScope)
		.orderBy('from_at', 'desc')
		.execute();
	return rows.map((row) => ({
		accountId: row.account_id,
		name: row.renamed ? null : row.name,
		guardianRef: row.renamed ? null : row.guardian_ref,
		role: row.role,
		basis: row.authority_basis,
		from: row.from_at,
		until: row.until_at,
		restrictions: row.restrictions,
		hold: row.reason === null ? null : { reason: row.reason, placedAt: row.placed_at! }
	}));
}

/**
 * Keeps a person out of a case until it is lifted. Their phone hears only "look again", drops the scope at its next pull
 * and is told nothing else; nobody else hears of it. Nothing of theirs is deleted.
 */
export async function suspend(
	tx: Tx,
	staff: StaffActor,
	decision: Decision & { reason: HoldReason }
): Promise<Decided> {
	const change = async ({ caseScope, accountId }: Decision) => {
		if (!(await running(tx, { caseScope, accountId }))) return false;
		const held = { case_scope: caseScope, account_id: accountId, reason: decision.reason };
		const made = await tx
			.insertInto('access_hold')
			.values({ ...held, id: crypto.randomUUID(), placed_by: staff.staffId })
			.onConflict((at) => at.columns(['case_scope', 'account_id']).where('lifted_at', 'is', null).doNothing())
			.executeTakeFirst();
		return (made.numInsertedOrUpdatedRows ?? 0n) > 0n;
	};
	return decide(tx, staff, { ...decision, action: 'suspend', change });
}

/** Lets a suspended person in again; their next pull gets everything. */
export async function restore(tx: Tx, staff: StaffActor, decision: Decision): Promise<Decided> {
	const change = async ({ caseScope, accountId }: Decision) => {
		const lifted = await tx
			.updateTable('access_hold')
			.set({ lifted_at: new Date(), lifted_by: staff.staffId })
			.where('case_scope', '=', caseScope)
			.where('account_id', '=', accountId)
			.where('lifted_at', 'is', null)
			.executeTakeFirst();
		return lifted.numUpdatedRows > 0n;
	};
	return decide(tx, staff, { ...decision, action: 'restore', change });
}

/**
 * Narrows what a person may do with what guardians write together, or gives it back with null (a court order: sync-and-security
 * §5.3). Their phone looks again and drops what it may not read any more. `unknown` too where their role has nothing to narrow.
 */
export async function restrict(
	tx: Tx,
	staff: StaffActor,
	decision: Decision & { to: Restriction | null; reason: AuditReason }
): Promise<Decided> {
	const { to } = decision;
	const change = async ({ caseScope, accountId }: Decision) => {
		const restrictions = JSON.stringify(to === null ? [] : [to]);
		const roles = ROLES.filter((role) => to === null || limitsFor(role).includes(to));
		const changed = await tx
			.updateTable('relationship')
			.set({ restrictions })
			.where('case_scope', '=', caseScope)
			.where('account_id', '=', accountId)
			.where((where) => where.or([where('until_at', 'is', null), where('until_at', '>', new Date())]))
			.where('role', 'in', roles)
			.where(sql<boolean>`restrictions <> ${restrictions}::jsonb`)
			.executeTakeFirst();
		return changed.numUpdatedRows > 0n;
	};
	return decide(tx, staff, { ...decision, action: to === null ? 'limit-lift' : `limit-${to}`, change });
}

/** Ends a relationship from now on. Only a letter made afterwards opens it again. */
export async function endRelationship(
	tx: Tx,
	staff: StaffActor,
	decision: Decision & { reason: AuditReason }
): Promise<Decided> {
	const change = async ({ caseScope, accountId }: Decision) => {
		const now = new Date();
		const ended = await tx
			.updateTable('relationship')
			.set({ until_at: now })
			.where('case_scope', '=', caseScope)
			.where('account_id', '=', accountId)
			.where((where) => where.or([where('until_at', 'is', null), where('until_at', '>', now)]))
			.executeTakeFirst();
		return ended.numUpdatedRows > 0n;
	};
	return decide(tx, staff, { ...decision, action: 'access-end', change });
}

type Deciding = Decision & { action: AuditAction; reason?: AuditReason };

/** One decision: asked of `can`, done, the person's phone told to look again, and written down whatever came of it. */
async function decide(
	tx: Tx,
	staff: StaffActor,
	{ change, ...asked }: Deciding & { change: (asked: Decision) => Promise<boolean> }
): Promise<Decided> {
	const allowed = can(staff, 'decide', asked.caseScope);
	const done = allowed && (await change(asked));
	if (done) await touchScope(tx, userScope(asked.accountId));
	// A decision that found nothing to change, twice the same click for example, is no event.
	if (allowed && !done) return { ok: false, code: 'unknown' };
	await audit(tx, {
		...lineOf(staff, asked),
		action: asked.action,
		object: asked.accountId,
		...(asked.reason && { reason: asked.reason }),
		outcome: done ? 'done' : 'refused'
	});
	return done ? { ok: true } : { ok: false, code: 'not_allowed' };
}

/** Who decided what, for the audit. */
export const lineOf = (
	staff: StaffActor,
	{ caseScope, address }: { caseScope: string; address?: string | undefined }
) => ({
	actor: { id: staff.staffId, role: staff.role },
	scope: caseScope,
	...(address !== undefined && { address })
});

async function running(tx: Tx, { caseScope, accountId }: Decision): Promise<boolean> {
	const row = await tx
		.selectFrom('relationship')
		.select('account_id')
		.where('case_scope', '=', caseScope)
		.where('account_id', '=', accountId)
		.where((where) => where.or([where('until_at', 'is', null), where('until_at', '>', new Date())]))
		.executeTakeFirst();
	return row !== undefined;
}
