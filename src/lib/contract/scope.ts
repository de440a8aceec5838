/**
 * Scope: the unit of access, versioning and wiping (sync-and-security §2.1). Visibility changes only by moving rows
 * between scopes; there are no row filters inside one.
 */
export type ScopeKind = 'ref' | 'case-shared' | 'case-fam' | 'case-own' | 'case-sent' | 'case-yp' | 'user';

export const refScope = (council: string, pack: string) => `ref:${council}:${pack}`;
export const sharedScope = (caseId: string) => `case:${caseId}:shared`;
export const ownScope = (caseId: string, userId: string) => `case:${caseId}:own:${userId}`;
/** What a person sent to the council about a case, and what came back. */
export const sentScope = (caseId: string, userId: string) => `case:${caseId}:sent:${userId}`;
export const userScope = (userId: string) => `user:${userId}`;
/** Type and id of the one row by which a phone notices that it lost the others (`canaryShape` of rows.ts). */
export const CANARY_ROW = 'canary';

const SHAPES: [RegExp, ScopeKind][] = [
	[/^ref:[A-Za-z0-9-]+:[a-z-]+$/, 'ref'],
	[/^case:[0-9a-f-]{36}:shared$/, 'case-shared'],
	[/^case:[0-9a-f-]{36}:fam$/, 'case-fam'],
	[/^case:[0-9a-f-]{36}:own:[0-9a-f-]{36}$/, 'case-own'],
	[/^case:[0-9a-f-]{36}:sent:[0-9a-f-]{36}$/, 'case-sent'],
	[/^case:[0-9a-f-]{36}:yp$/, 'case-yp'],
	[/^user:[0-9a-f-]{36}$/, 'user']
];

/** The kind of a scope id, or null when it is not one. */
export function scopeKind(id: string): ScopeKind | null {
	return SHAPES.find(([shape]) => shape.test(id))?.[1] ?? null;
}

/** The case a scope belongs to, or null for ref and user scopes. */
export function caseOfScope(id: string): string | null {
	return id.startsWith('case:') ? (id.split(':')[1] ?? null) : null;
}
