import * as z from 'zod/mini';
import { deviceName } from './sign-in.ts';

/** POST /api/devices: the phones and browsers of one person. */
export const devicesAnswer = z.looseObject({
	devices: z.array(
		z.looseObject({
			id: z.string(),
			name: z.string(),
			/** ISO instant, right to the hour. */
			lastSeen: z.string(),
			thisOne: z.boolean(),
			/** It was removed and has not been heard of since: it may still hold a copy. */
			removed: z.boolean()
		})
	)
});
export type DevicesAnswer = z.infer<typeof devicesAnswer>;

/** POST /api/devices/rename and /api/devices/revoke. */
export const deviceRename = z.object({ id: z.uuid(), name: deviceName.check(z.minLength(1)) });
export const deviceRevoke = z.object({ id: z.uuid() });

/**
 * POST /api/session/end. `devices`: only when the session is one of theirs, since several people of one phone share its cookie.
 * `wiped`: the phone was revoked and has deleted what it held; `alone`: nobody else's data is on it.
 */
export const sessionEnd = z.object({
	devices: z.optional(z.array(z.uuid()).check(z.maxLength(20))),
	wiped: z.optional(z.boolean()),
	alone: z.optional(z.boolean())
});
