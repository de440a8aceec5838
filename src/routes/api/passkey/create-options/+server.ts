import { answerCreateOptions } from '#server/access/answer-passkey-create.ts';
import { answering } from '#server/edge/refusal.ts';
import { runtime } from '#server/runtime.ts';
import type { RequestHandler } from './$types';

export const POST: RequestHandler = (event) =>
	answering(async () => answerCreateOptions(event, await runtime()));
