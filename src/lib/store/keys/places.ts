import type { SealedRowV1 } from '../schema/v001.ts';

/** Where a key lies, and what binds a key or a row to its place. One wording, because a wrong one opens nothing. */
export const keyPlace = (scope: string): [string, string, string] => [scope, 'profile', ''];

export type Address = Pick<SealedRowV1, 'scope' | 't' | 'id' | 'ver'>;
export const rowAad = (row: Address) => `${row.scope}|${row.t}|${row.id}|${row.ver}`;

export const scopeKeyUse = (scope: string) => ({
	aad: `key|${scope}`,
	usages: ['encrypt', 'decrypt'] as KeyUsage[]
});
export const PROFILE_KEY_USE = { aad: 'key|profile', usages: ['wrapKey', 'unwrapKey'] as KeyUsage[] };
