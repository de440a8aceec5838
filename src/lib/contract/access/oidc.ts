import * as z from 'zod/mini';
import { signInPlace } from './sign-in.ts';

/**
 * POST /sign-in/{provider}/begin: where the phone sends the person to sign in. `link` adds this provider to the account of
 * the session, and needs a fresh proof. The phone then goes to `go`, and comes back to `/app/sign-in` with a session, or to
 * a plain page that says why not.
 */
export const oidcBegin = z.object({ ...signInPlace, link: z.optional(z.boolean()) });
export const oidcBeginAnswer = z.looseObject({ go: z.string() });

/** Where a person stands after the provider: `/app/sign-in?from={provider}&did=…`. */
export const OIDC_DID = ['signed-in', 'linked'] as const;
export type OidcDid = (typeof OIDC_DID)[number];
