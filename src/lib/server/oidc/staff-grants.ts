import type { StaffRole } from '../access/roles.ts';
import type { Provider, StaffGrant } from './provider.ts';

/** Where somebody's groups give several roles at one council, the first of these counts. */
const WIDEST: readonly StaffRole[] = ['manager', 'case-officer', 'publisher'];

/**
 * What a person's groups allow, one grant for each council, by council. A claim that is missing, a bare word, or holds
 * anything but words allows nothing for those parts: default deny.
 */
export function grantsOf({ groups }: Provider, claims: Readonly<Record<string, unknown>>): StaffGrant[] {
	if (!groups) return [];
	const told = claims[groups.claim];
	const names = Array.isArray(told) ? told : [];
	const given = names.flatMap((name) =>
		typeof name === 'string' && Object.hasOwn(groups.grants, name) ? [groups.grants[name]!] : []
	);
	const widest = new Map<string, StaffGrant>();
	for (const role of WIDEST)
		for (const grant of given)
			if (grant.role === role && !widest.has(grant.council)) widest.set(grant.council, grant);
	return [...widest.values()].sort((a, b) => (a.council < b.council ? -1 : 1));
}
