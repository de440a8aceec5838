import type { Milestone } from '../law/milestone.ts';

const ALPHABET = '0123456789abcdefghjkmnpqrstvwxyz';

/** FNV-1a, 64 bits: short, stable, no dependency. It hides words from a glance at a URL; it is not a secret. */
function fnv64(text: string): bigint {
	let hash = 0xcbf29ce484222325n;
	for (const ch of text) {
		hash ^= BigInt(ch.codePointAt(0) ?? 0);
		hash = (hash * 0x100000001b3n) & 0xffffffffffffffffn;
	}
	return hash;
}

/**
 * 12 characters that stand for one rule and one triggering event. The event's id is part of it where there is one, so a
 * corrected date keeps the key and an open page stays open. Nothing in it can be read back.
 */
export function milestoneKey(m: Pick<Milestone, 'rule' | 'trigger'>): string {
	const { id, type, on, adviser = '', setting = '' } = m.trigger;
	let left = fnv64([m.rule, id ?? `${type}/${on}`, adviser, setting].join('|'));
	let key = '';
	for (let i = 0; i < 12; i++) {
		key += ALPHABET[Number(left & 31n)];
		left >>= 5n;
	}
	return key;
}
