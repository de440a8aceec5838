import * as z from 'zod/mini';

/** POST /api/sync/pull (sync-and-security §2.4). At most 500 rows or 256 KiB a page; a cookie is a scope's version. */
export const PAGE_ROWS = 500;
export const PAGE_BYTES = 256 * 1024;
/** A family has a handful of scopes; 200 leaves room for a professional and bounds the work of one request. */
export const PULL_SCOPES = 200;

export const pullRequest = z.object({
	proto: z.number(),
	schema: z.number(),
	deviceId: z.uuid(),
	epoch: z.nullable(z.uuid()),
	/** The highest seq whose acknowledgement the phone has; absent on a phone that does not push. */
	acked: z.optional(z.number().check(z.int(), z.nonnegative())),
	scopes: z
		.array(
			z.object({
				id: z.string().check(z.maxLength(120)),
				cookie: z.nullable(z.number().check(z.int(), z.nonnegative())),
				/** Opaque, from `next` of the page before. */
				page: z.optional(z.string().check(z.maxLength(200)))
			})
		)
		.check(z.maxLength(PULL_SCOPES))
});

export const patchRow = z.looseObject({
	op: z.enum(['put', 'del']),
	t: z.string(),
	id: z.string(),
	ver: z.number(),
	sv: z.number(),
	v: z.optional(z.unknown())
});

export const pulledScope = z.looseObject({
	id: z.string(),
	from: z.nullable(z.number()),
	/** Fixed by the first page; the phone moves its cookie to it only with the last page. */
	to: z.number(),
	reset: z.boolean(),
	patch: z.array(patchRow),
	next: z.optional(z.string()),
	/** With the last page: XOR of a 64-bit hash of id and ver of every live row, as 16 hex digits (contract/sync/checksum.ts). */
	checksum: z.optional(z.string())
});

export const pullAnswer = z.looseObject({
	epoch: z.string(),
	serverTime: z.string(),
	schema: z.object({ current: z.number(), min: z.number() }),
	scopes: z.array(pulledScope),
	/** Scopes that this session may read and did not ask for. The phone adds them and pulls again. */
	granted: z.array(z.string()),
	revoked: z.array(z.string()),
	/** What the phone seals unsent work to, so that it can be handed over while it is locked. */
	serverKey: z.optional(z.looseObject({ kid: z.string(), public: z.string() })),
	/** Days that a locked phone may open council data without contact. Absent: the phone's usual 30. */
	offlineDays: z.optional(z.number()),
	/** Acknowledgements above `acked`, from the same snapshot as the rows: a phone takes its own copy away exactly when the row is here. */
	acks: z.looseObject({ lastSeq: z.number(), recent: z.array(z.unknown()) })
});

/** Any refusal of the API. `code` is a closed vocabulary that the phone maps to words; nothing here is shown as it is. */
export const apiRefusal = z.looseObject({
	code: z.enum([
		'bad_request',
		'needs_sign_in',
		'client_too_old',
		'too_large',
		'too_many',
		'not_found',
		'unavailable',
		'code_wrong',
		'code_used',
		'code_expired',
		'code_dead',
		'birth_date_wrong',
		/** This phone was removed from its person's list: hand over what is unsent, then delete everything. */
		'revoked',
		/** A fresh proof is needed first (step-up). */
		'proof_needed',
		/** The passkey or the mailed code proved nothing. */
		'proof_wrong',
		/** A good proof, of somebody whose data this phone does not hold. */
		'other_person',
		'address_taken',
		/** What came of a file is not what its hash says: send that chunk again. */
		'chunk_wrong'
	]),
	minSchema: z.optional(z.number()),
	retryAfter: z.optional(z.number()),
	/** With `revoked`: what the phone seals its unsent work to. */
	serverKey: z.optional(z.looseObject({ kid: z.string(), public: z.string() }))
});

export type PullRequest = z.infer<typeof pullRequest>;
export type PullAnswer = z.infer<typeof pullAnswer>;
export type PulledScope = z.infer<typeof pulledScope>;
export type PatchRow = z.infer<typeof patchRow>;
export type ApiRefusal = z.infer<typeof apiRefusal>;
