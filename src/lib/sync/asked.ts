import type { Reply } from './transport.ts';

/** Why something that a person asked of the server did not happen. Screens have words for each. */
export type AskFault =
	| 'offline'
	| 'unavailable'
	| 'signed-out'
	| 'proof-needed'
	| 'proof-wrong'
	| 'other-person'
	| 'address-taken'
	| 'too-many'
	| 'update-needed';

const BY_CODE: Partial<Record<string, AskFault>> = {
	needs_sign_in: 'signed-out',
	revoked: 'signed-out',
	proof_needed: 'proof-needed',
	proof_wrong: 'proof-wrong',
	other_person: 'other-person',
	address_taken: 'address-taken',
	too_many: 'too-many',
	client_too_old: 'update-needed'
};

export const whyNot = (reply: Extract<Reply, { ok: false }>): AskFault =>
	reply.why === 'refused' ? (BY_CODE[reply.code] ?? 'unavailable') : reply.why;
