import * as z from 'zod/mini';
import { envelope } from '../access/quarantine.ts';
import { receipt } from './sending.ts';

/** POST /api/sync/push (sync-and-security §2.5): intended changes, oldest first, each with its own id. */
export const PUSH_MUTATIONS = 50;

export const pushRequest = z.object({
	proto: z.number(),
	schema: z.number(),
	deviceId: z.uuid(),
	mutations: z
		.array(
			z.object({
				mid: z.uuid(),
				/** Counts this phone's mutations from 1. Gives their order, never their identity. */
				seq: z.number().check(z.int(), z.positive()),
				scope: z.string().check(z.maxLength(120)),
				name: z.string().check(z.regex(/^[a-z][a-z.-]{0,39}$/)),
				/** `{ sv, args }` as JSON, sealed to the server's key and bound to `placeOfMutation`. */
				envelope
			})
		)
		.check(z.minLength(1), z.maxLength(PUSH_MUTATIONS))
});
export type PushRequest = z.infer<typeof pushRequest>;
export type PushedMutation = PushRequest['mutations'][number];

export { placeOfMutation } from '../sealed-place.ts';

/** Why a mutation was refused for good. It is not lost: the phone puts it, words intact, where only a person takes it away. */
export const REJECTIONS = [
	'not_allowed',
	'unknown_name',
	'bad_args',
	/** The same id came before with other words. */
	'mid_reuse',
	/** What it changes was deleted meanwhile. */
	'superseded',
	/** What it deletes was changed meanwhile. */
	'changed',
	/** Something with this id was sent to the council before, and what was sent stays as it is. */
	'already_sent'
] as const;
export type Rejection = (typeof REJECTIONS)[number];

export const ack = z.looseObject({
	mid: z.string(),
	seq: z.number(),
	status: z.enum(['done', 'rejected']),
	/** A value of REJECTIONS; open, so that an older phone hears a newer server. */
	code: z.optional(z.string()),
	/** The version of its scope that holds it. */
	ver: z.optional(z.number()),
	/** Of something sent to the council. */
	receipt: z.optional(receipt),
	/** Fields whose words met others and stand beside them. */
	beside: z.optional(z.array(z.string()))
});
export type Ack = z.infer<typeof ack>;

/**
 * Why the rest was not looked at; nothing of it is lost. `gap`: send from `expected` on. `device_fork`: this phone's number was used by
 * another (a copied phone): take a new device id and number anew. `unknown_key`: seal it again to the key that a pull brings.
 */
export const STOPS = ['gap', 'device_fork', 'unknown_key'] as const;
export const pushAnswer = z.looseObject({
	serverTime: z.string(),
	/** Everything up to here is settled, done or rejected. */
	lastSeq: z.number(),
	acks: z.array(ack),
	stopped: z.optional(z.looseObject({ code: z.enum(STOPS), expected: z.optional(z.number()) }))
});
export type PushAnswer = z.infer<typeof pushAnswer>;
export type Stop = NonNullable<PushAnswer['stopped']>;
