import * as z from 'zod/mini';
import { signInPlace } from './sign-in.ts';

/**
 * Passkeys (sync-and-security §5.2): ask for options, let the platform do its part, post what it said. The phone takes
 * `clientExtensionResults` out first: the PRF bytes in it open the phone and are nobody else's. What is not named here is
 * dropped by the server unread.
 */
const base64url = (most: number) => z.string().check(z.maxLength(most), z.regex(/^[A-Za-z0-9_-]+$/));
const TRANSPORTS = z.array(z.string().check(z.regex(/^[a-z-]{1,20}$/))).check(z.maxLength(10));

/** An account that a person picks from on a shared phone: "Added 25 November". Never a child's name. Not kept. */
export const passkeyCreateAsk = z.object({
	label: z.string().check(z.minLength(1), z.maxLength(60), z.regex(/^\P{Cc}*$/u))
});

const credential = { id: base64url(1400), rawId: base64url(1400), type: z.literal('public-key') };

export const passkeyCreated = z.object({
	...credential,
	response: z.object({
		clientDataJSON: base64url(4_000),
		attestationObject: base64url(12_000),
		transports: z.optional(TRANSPORTS)
	})
});

export const passkeyShown = z.object({
	...credential,
	response: z.object({
		clientDataJSON: base64url(4_000),
		authenticatorData: base64url(4_000),
		signature: base64url(4_000),
		userHandle: z.optional(base64url(200))
	})
});

export const passkeySignIn = z.object({ ...signInPlace, credential: passkeyShown });

export type PasskeyCreated = z.infer<typeof passkeyCreated>;
export type PasskeyShown = z.infer<typeof passkeyShown>;
