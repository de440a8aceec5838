import * as z from 'zod/mini';

/** How a person can prove who they are. */
export const PROOFS = ['letter', 'passkey', 'mail', 'oidc'] as const;
export type Proof = (typeof PROOFS)[number];

/** No control characters: PostgreSQL keeps no text with a zero in it. */
const plain = (most: number) => z.string().check(z.maxLength(most), z.regex(/^\P{Cc}*$/u));
export const deviceName = plain(60);

/** Where the session will live. `account`: whose data the phone holds; anybody else's proof is then refused. */
export const signInPlace = {
	deviceId: z.uuid(),
	deviceName,
	account: z.optional(z.uuid())
};

/** What every way of signing in answers. */
export const signInAnswer = z.looseObject({
	userId: z.string(),
	scopes: z.array(z.string()),
	epoch: z.string(),
	serverTime: z.string()
});
export type SignInAnswer = z.infer<typeof signInAnswer>;

/** GET /api/session: who (no names), which ways exist here, and how fresh the last proof is. */
export const sessionAnswer = z.looseObject({
	serverTime: z.string(),
	/** Ways this server offers to anybody. A letter always works. */
	ways: z.array(z.string()),
	/** Where somebody else can say who a person is: its id in `/sign-in/{id}` and its name on the button. */
	providers: z.array(z.looseObject({ id: z.string(), name: z.string() })),
	/** What the phone seals unsent work to. */
	serverKey: z.looseObject({ kid: z.string(), public: z.string() }),
	/** Null without a session. */
	session: z.nullable(
		z.looseObject({
			userId: z.string(),
			deviceId: z.string(),
			provedBy: z.string(),
			/** ISO instant until which nothing more is asked for; null: a fresh proof is needed first. */
			freshUntil: z.nullable(z.string()),
			/** How many passkeys the person has, and whether one was made on this phone. */
			passkeys: z.number(),
			passkeyHere: z.boolean(),
			/** An address is confirmed for codes by mail. The address itself is not said. */
			mail: z.boolean()
		})
	)
});
export type SessionAnswer = z.infer<typeof sessionAnswer>;

/** POST /api/device-secret: 32 bytes, base64url. */
export const deviceSecretAnswer = z.looseObject({ secret: z.string().check(z.regex(/^[\w-]{43}$/)) });
