import * as z from 'zod/mini';

/**
 * POST /api/activation/redeem: a letter's code for a session cookie (sync-and-security §5.2). The date of birth only
 * confirms that the letter reached the right house; it is no secret.
 */
export const redeemRequest = z.object({
	/** XXXX-XXXX-XXXX-C in Crockford's base 32; spaces, case and look-alikes are mended before it is checked. */
	code: z.string().check(z.minLength(10), z.maxLength(40)),
	bornOn: z.string().check(z.regex(/^\d{4}-\d{2}-\d{2}$/)),
	deviceId: z.uuid(),
	/** Free words such as "Phone"; never a person's name. No control characters: PostgreSQL keeps no text with a zero in it. */
	deviceName: z.string().check(z.maxLength(60), z.regex(/^\P{Cc}*$/u))
});

export const redeemAnswer = z.looseObject({
	userId: z.string(),
	caseId: z.string(),
	scopes: z.array(z.string()),
	epoch: z.string(),
	serverTime: z.string()
});

export type RedeemRequest = z.infer<typeof redeemRequest>;
export type RedeemAnswer = z.infer<typeof redeemAnswer>;
