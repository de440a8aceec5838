import { caseOfScope, scopeKind } from '#contract/scope.ts';

/** What a session stands for. A case is in `cases` while the relationship runs and the case is not suppressed. */
export type FamilyActor = {
	kind: 'family';
	accountId: string;
	cases: ReadonlyMap<string, { council: string; role: string; restrictions: readonly string[] }>;
};
/** A staff session acts for one council and never opens what a family writes for itself (blueprint §2.9). */
export type StaffActor = { kind: 'staff'; council: string; cases: ReadonlyMap<string, { council: string }> };
export type Actor = FamilyActor | StaffActor;
export type Action = 'read' | 'write';

/** The role of a young person who speaks for themself. */
export const YOUNG_PERSON = 'young-person';
/** A court order or a council's decision keeps this person out of what guardians write together. */
export const NO_FAMILY_SCOPE = 'no-family-scope';

/**
 * The one place that says who may do what with a scope; pull, push and pages all ask here. Default deny: a scope that is
 * not named below is nobody's. Visibility never depends on a row.
 */
export function can(actor: Actor, action: Action, scopeId: string): boolean {
	const kind = scopeKind(scopeId);
	if (kind === null) return false;
	// Directory, waits, telephone lines: the same for everybody, written by imports only.
	if (kind === 'ref') return action === 'read';
	const caseId = caseOfScope(scopeId);
	if (actor.kind === 'staff') {
		return kind === 'case-shared' && action === 'read' && actor.cases.get(caseId!)?.council === actor.council;
	}
	if (kind === 'user') return scopeId === `user:${actor.accountId}`;
	const relationship = actor.cases.get(caseId!);
	if (!relationship) return false;
	if (kind === 'case-shared') return action === 'read';
	if (kind === 'case-own') return scopeId.endsWith(`:own:${actor.accountId}`);
	if (kind === 'case-yp') return relationship.role === YOUNG_PERSON;
	return (
		kind === 'case-fam' &&
		relationship.role !== YOUNG_PERSON &&
		!relationship.restrictions.includes(NO_FAMILY_SCOPE)
	);
}
