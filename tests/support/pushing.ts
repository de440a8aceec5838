import { expect } from 'vitest';
import type { PushAnswer, PushedMutation } from '#contract/sync/push.ts';
import { answerPush } from '#server/sync/answer-push.ts';
import { sealFor } from './seal-for.ts';
import type { Phone } from './sign-in.ts';

export type Change = { seq: number; name?: string; scope: string; args: unknown; mid?: string };
export type ServerKey = { kid: string; public: string };

/** One change as a phone seals it. A note where no other name is given. */
export async function sealedMutation(
	key: ServerKey,
	{ seq, name = 'note.put', scope, args, mid = crypto.randomUUID() }: Change
): Promise<PushedMutation> {
	const envelope = await sealFor(key, JSON.stringify({ sv: 1, args }), `${mid}|${seq}|${scope}|${name}`);
	return { mid, seq, scope, name, envelope };
}

/** Pushes and expects to be heard, whatever comes of each change. */
export async function push(phone: Phone, mutations: PushedMutation[]): Promise<PushAnswer> {
	const body = { proto: 1, schema: 1, deviceId: phone.browser.deviceId, mutations };
	const said = await phone.post(answerPush, body);
	expect(said.status).toBe(200);
	return said.body as unknown as PushAnswer;
}
