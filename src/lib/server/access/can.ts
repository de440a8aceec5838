import { caseOfScope, scopeKind } from '#contract/scope.ts';
import type { Role, StaffRole } from './roles.ts';

/** A case stands here while the relationship runs, nobody holds it, and the case is not suppressed. */
export type CaseTie = {
	council: string;
	role: Role;
	restrictions: readonly string[];
	/**
	 * The record has become the young person's (rule YP-RIGHTS) and this person has no grant for it. What they wrote
	 * themselves stays theirs.
	 */
	rightsMoved?: boolean;
};
/** What a family's session stands for. */
export type FamilyActor = { kind: 'family'; accountId: string; cases: ReadonlyMap<string, CaseTie> };
/** A staff session acts for one council and never opens what a family writes for itself, only what it sent (blueprint §2.9). */
export type StaffActor = {
	kind: 'staff';
	/** Ours, made at the first sign-in: never the provider's own, which may be a name. */
	staffId: string;
	council: string;
	role: StaffRole;
	cases: ReadonlyMap<string, { council: string }>;
};
export type Actor = FamilyActor | StaffActor;
/**
 * `decide`: keep somebody out of a case, end a relationship, record capacity. `grant`: say who else reads the record. `answer`: write
 * back to somebody who sent something.
 */
export type Action = 'read' | 'write' | 'decide' | 'grant' | 'answer';

/** The role of a young person who speaks for themself. */
export const YOUNG_PERSON = 'young-person' satisfies Role;
/** A court order or a council's decision keeps this person out of what guardians write together. */
export const NO_FAMILY_SCOPE = 'no-family-scope';
/** Reads what guardians write together and adds nothing. */
export const READ_ONLY = 'read-only';
export const RESTRICTIONS = [READ_ONLY, NO_FAMILY_SCOPE] as const;
export type Restriction = (typeof RESTRICTIONS)[number];

/** What each role may do with the scope that guardians write together. */
const FAMILY_SCOPE: Record<Role, 'write' | 'read' | null> = {
	guardian: 'write',
	carer: 'write',
	'delegate-draft': 'write',
	'delegate-read': 'read',
	'young-person': null,
	professional: null,
	supporter: null
};

/** Roles that write with others where nothing narrows them. */
export const WRITE_TOGETHER: ReadonlySet<Role> = new Set(
	(Object.keys(FAMILY_SCOPE) as Role[]).filter((role) => FAMILY_SCOPE[role] === 'write')
);

/** What can be narrowed for a role at all. */
export function limitsFor(role: Role): readonly Restriction[] {
	const reach = FAMILY_SCOPE[role] ?? null;
	if (reach === null) return [];
	return reach === 'write' ? RESTRICTIONS : [NO_FAMILY_SCOPE];
}

/**
 * The one place that says who may do what with a scope; pull, push, live, staff pages and grants all ask here. Default
 * deny: a scope or an action that is not named below is nobody's. Visibility never depends on a row.
 */
export function can(actor: Actor, action: Action, scopeId: string): boolean {
	const kind = scopeKind(scopeId);
	if (kind === null) return false;
	// Directory, waits, telephone lines: the same for everybody, written by imports only.
	if (kind === 'ref') return action === 'read';
	const caseId = caseOfScope(scopeId);
	if (actor.kind === 'staff') {
		if (actor.role === 'publisher' || actor.cases.get(caseId!)?.council !== actor.council) return false;
		if (kind === 'case-shared') return action === 'read' || action === 'decide';
		return kind === 'case-sent' && (action === 'read' || action === 'answer');
	}
	if (action === 'decide' || action === 'answer') return false;
	if (kind === 'user') return action !== 'grant' && scopeId === `user:${actor.accountId}`;
	const tie = actor.cases.get(caseId!);
	if (!tie) return false;
	if (action === 'grant') return kind === 'case-shared' && tie.role === YOUNG_PERSON;
	if (kind === 'case-shared') return action === 'read' && !tie.rightsMoved;
	if (kind === 'case-own') return scopeId.endsWith(`:own:${actor.accountId}`);
	// Who cannot read the record any more sends nothing about it; what they sent stays theirs.
	if (kind === 'case-sent')
		return scopeId.endsWith(`:sent:${actor.accountId}`) && (action === 'read' || !tie.rightsMoved);
	if (kind === 'case-yp') return tie.role === YOUNG_PERSON;
	const reach = FAMILY_SCOPE[tie.role] ?? null;
	if (kind !== 'case-fam' || reach === null || tie.restrictions.includes(NO_FAMILY_SCOPE)) return false;
	return action === 'read' || (reach === 'write' && !tie.restrictions.includes(READ_ONLY));
}
