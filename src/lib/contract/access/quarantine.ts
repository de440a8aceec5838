import * as z from 'zod/mini';

/**
 * Something sealed to the server's key: an ephemeral P-256 key, HKDF-SHA-256 (no salt, info "alongside envelope v1|" + kid),
 * AES-256-GCM with `boundTo` as additional data; `ct` ends with the tag. base64url.
 */
export const envelope = z.object({
	v: z.literal(1),
	kid: z.uuid(),
	epk: z.string().check(z.regex(/^[\w-]{87}$/)),
	iv: z.string().check(z.regex(/^[\w-]{16}$/)),
	ct: z.string().check(z.maxLength(350_000), z.regex(/^[\w-]{22,}$/))
});
export type Envelope = z.infer<typeof envelope>;
export { boundTo } from '../sealed-place.ts';

export const QUARANTINE_ITEMS = 50;
/** POST /api/quarantine: what a revoked phone had not sent. The id makes asking twice harmless. */
export const quarantineAsk = z.object({
	items: z.array(z.object({ id: z.uuid(), envelope })).check(z.minLength(1), z.maxLength(QUARANTINE_ITEMS))
});
