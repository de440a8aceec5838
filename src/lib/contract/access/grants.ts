import * as z from 'zod/mini';

/** POST /api/grants: whose record each case is, and who reads it. `people` is filled for the young person only. */
export const grantsAnswer = z.looseObject({
	cases: z.array(
		z.looseObject({
			caseId: z.string(),
			/** The reader is the young person. */
			mine: z.boolean(),
			/** The record has become the young person's. */
			moved: z.boolean(),
			/** The day on which it does or did: rule YP-RIGHTS. Absent while the council has no date of birth. */
			on: z.optional(z.string()),
			/** The reader may read the record now. */
			reads: z.boolean(),
			/** A person recorded that somebody decides for the young person. */
			represented: z.boolean(),
			people: z.array(
				z.looseObject({
					accountId: z.string(),
					role: z.string(),
					name: z.string(),
					reads: z.boolean(),
					/** ISO instant from which the grant runs. */
					since: z.optional(z.string())
				})
			)
		})
	)
});
export type GrantsAnswer = z.infer<typeof grantsAnswer>;

/** POST /api/grants/set, by the young person; giving needs a fresh proof, withdrawing does not. */
export const grantSet = z.object({ caseId: z.uuid(), accountId: z.uuid(), give: z.boolean() });

/** An endpoint's body where nothing is asked but to answer. */
export const nothingAsked = z.object({});
