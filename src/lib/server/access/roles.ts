/** How somebody stands to a child's case (sync-and-security §5.3). */
export const ROLES = [
	/** A parent or another person with parental responsibility. */
	'guardian',
	/** Cares for the child day by day: foster or kinship carer. */
	'carer',
	/** A relative or friend whom a guardian asked in. */
	'delegate-read',
	'delegate-draft',
	'young-person',
	/** Works with the child, named for one case. */
	'professional',
	/** An independent adviser, asked in for a time. */
	'supporter'
] as const;
export type Role = (typeof ROLES)[number];

/** Why the council keeps somebody out. The papers stay in the council's own file. */
export const HOLD_REASONS = ['court-order', 'safeguarding', 'mistake'] as const;
export type HoldReason = (typeof HOLD_REASONS)[number];

export const STAFF_ROLES = ['case-officer', 'manager', 'publisher'] as const;
export type StaffRole = (typeof STAFF_ROLES)[number];

/**
 * What a roster's own word means. A roster names the people the council writes to, so a word that says nothing else is a
 * guardian; the roles for which somebody must ask (delegate, professional, supporter) are never made from a file.
 */
export function roleOfWord(word: string): Role {
	// The young person alone: a young carer is a brother or sister, a young mother a parent.
	if (/^\s*young[\s-]*(person|people|adult)\b/i.test(word)) return 'young-person';
	return /foster|kinship|^\s*carer/i.test(word) ? 'carer' : 'guardian';
}
