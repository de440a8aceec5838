import { randomBytes } from 'node:crypto';
import { checkCharacter, CODE_ALPHABET, CODE_RANDOM, mendCode, printedCode } from '#contract/access/code.ts';
import type { Tx } from '../db/transaction.ts';
import { keyedHash } from './keyed-hash.ts';
import { carryOver } from './grants.ts';
import { roleOfWord } from './roles.ts';
import { tellPhones } from './notices.ts';
import { startSession } from './session.ts';
import { isNewPhone } from './sign-in.ts';
import { accountFor } from './whose-account.ts';

const DAY_MS = 86_400_000;
/** Long enough for the post and a fortnight's holiday. */
export const CODE_DAYS = 28;
/** Wrong dates of birth against one right code; then only a new letter helps. */
const TRIES = 5;
/** A phone whose answer was lost may ask again with the same code for this long. */
const REPEAT_MS = 15 * 60_000;

/** Makes a one-time code for one guardian and one child, as printed; an older unused one to the same guardian ends. */
export async function makeActivation(
	tx: Tx,
	{
		scopeId,
		guardianRef,
		role,
		secret,
		now
	}: { scopeId: string; guardianRef: string; role: string; secret: string; now: Date }
): Promise<{ code: string; expiresAt: Date }> {
	await tx
		.updateTable('activation')
		.set({ replaced_at: now })
		.where('scope_id', '=', scopeId)
		.where('guardian_ref', '=', guardianRef)
		.where('used_at', 'is', null)
		.where('replaced_at', 'is', null)
		.execute();
	const random = [...randomBytes(CODE_RANDOM)].map((byte) => CODE_ALPHABET[byte & 31]).join('');
	const code = random + checkCharacter(random);
	const expiresAt = new Date(now.getTime() + CODE_DAYS * DAY_MS);
	await tx
		.insertInto('activation')
		.values({
			code_hmac: keyedHash(secret, 'activation', code),
			scope_id: scopeId,
			guardian_ref: guardianRef,
			role,
			made_at: now,
			expires_at: expiresAt
		})
		.execute();
	return { code: printedCode(code), expiresAt };
}

export type RedeemAsk = {
	code: string;
	bornOn: string;
	deviceId: string;
	deviceName: string;
	/** The account of a session the phone already has, to which a second child may be added. */
	account?: string;
	/** The session token this browser has, which ends. */
	ends?: string | undefined;
	secret: string;
	now: Date;
};
export type Redeemed = { ok: true; token: string; accountId: string; caseId: string };
export type RedeemRefusal = {
	ok: false;
	code: 'code_wrong' | 'code_used' | 'code_expired' | 'code_dead' | 'birth_date_wrong';
};

/**
 * A letter's code for a session. Call in a transaction that commits whatever the answer, so that a wrong try is counted.
 * No answer says whether anybody else has a letter for this child.
 */
export async function redeem(tx: Tx, ask: RedeemAsk): Promise<Redeemed | RedeemRefusal> {
	const code = mendCode(ask.code);
	if (!code) return { ok: false, code: 'code_wrong' };
	const letter = await tx
		.selectFrom('activation')
		.innerJoin('case_file', 'case_file.scope_id', 'activation.scope_id')
		.selectAll('activation')
		.select(['case_file.id as caseId', 'case_file.council', 'case_file.born_on', 'case_file.suppressed'])
		.where('code_hmac', '=', keyedHash(ask.secret, 'activation', code))
		.forUpdate('activation')
		.executeTakeFirst();
	if (!letter || letter.suppressed || letter.born_on === null) return { ok: false, code: 'code_wrong' };
	if (letter.tries >= TRIES) return { ok: false, code: 'code_dead' };
	const again =
		letter.used_at !== null &&
		letter.used_by_device === ask.deviceId &&
		ask.now.getTime() - letter.used_at.getTime() < REPEAT_MS;
	if (letter.used_at !== null && !again) return { ok: false, code: 'code_used' };
	// Held until the end: an import that gives the reference to another name comes before this, or after it.
	const listed = await tx
		.selectFrom('guardian')
		.select(['left_at', 'renamed_at'])
		.where('scope_id', '=', letter.scope_id)
		.where('guardian_ref', '=', letter.guardian_ref)
		.forShare()
		.executeTakeFirst();
	// A replaced letter is one that is no longer good; "expired" tells the family to look for the newer one. The council took
	// this person off the case, or gave their reference to another name, while the letter was in the post: then there is none.
	const renamed = (listed?.renamed_at ?? letter.made_at) > letter.made_at;
	const gone = ((listed?.left_at ?? null) !== null || renamed) && !again;
	if (letter.replaced_at !== null || letter.expires_at <= ask.now || gone)
		return { ok: false, code: 'code_expired' };
	const mine = (set: object) =>
		tx.updateTable('activation').set(set).where('code_hmac', '=', letter.code_hmac).execute();
	if (letter.born_on !== ask.bornOn) {
		await mine({ tries: letter.tries + 1 });
		return { ok: false, code: letter.tries + 1 >= TRIES ? 'code_dead' : 'birth_date_wrong' };
	}
	const person = { council: letter.council, scopeId: letter.scope_id, guardianRef: letter.guardian_ref };
	const accountId = letter.used_by_account ?? (await accountFor(tx, { person, offered: ask.account }));
	await mine({
		used_at: letter.used_at ?? ask.now,
		used_by_device: ask.deviceId,
		used_by_account: accountId
	});
	const role = roleOfWord(letter.role);
	await tx
		.insertInto('relationship')
		.values({
			account_id: accountId,
			case_scope: letter.scope_id,
			guardian_ref: letter.guardian_ref,
			role,
			authority_basis: role === 'young-person' ? 'own-right' : 'roster',
			from_at: ask.now
		})
		.onConflict((at) =>
			at.columns(['case_scope', 'account_id']).doUpdateSet((row) => ({
				role,
				// A council that ended a relationship reopens it only by a letter made afterwards.
				until_at: row
					.case()
					.when('relationship.until_at', '<', letter.made_at)
					.then(null)
					.else(row.ref('relationship.until_at'))
					.end()
			}))
		)
		.execute();
	await carryOver(tx, letter.scope_id, accountId);
	const { deviceId, deviceName, ends, now } = ask;
	// Also how somebody comes back who lost every other way in: their other phones are told.
	const fresh = await isNewPhone(tx, { accountId, deviceId, letter: !again && ask.account !== accountId });
	const token = await startSession(tx, { accountId, deviceId, deviceName, by: 'letter', ends, now });
	if (fresh) await tellPhones(tx, { accountId, kind: 'phone-added', device: deviceId, now });
	return { ok: true, token, accountId, caseId: letter.caseId };
}
