import * as z from 'zod/mini';

/** How far back "who looked" reaches, in months. */
export const LOOK_MONTHS = 13;
/** Days told for one case at most, the newest first. */
export const LOOK_DAYS = 200;

/** POST /api/looks: when council staff opened a child's record. By role: the audit holds no names. */
export const looksAnswer = z.looseObject({
	cases: z.array(
		z.looseObject({
			caseId: z.string(),
			looks: z.array(
				z.looseObject({
					/** Civil date in Europe/London. */
					on: z.string(),
					role: z.string(),
					/** How often that role opened it on that day. */
					times: z.number()
				})
			)
		})
	)
});
export type LooksAnswer = z.infer<typeof looksAnswer>;
