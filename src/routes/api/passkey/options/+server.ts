import { answerPasskeyOptions } from '#server/access/answer-passkey-sign-in.ts';
import { answering } from '#server/edge/refusal.ts';
import { runtime } from '#server/runtime.ts';
import type { RequestHandler } from './$types';

export const POST: RequestHandler = (event) =>
	answering(async () => answerPasskeyOptions(event, await runtime()));
