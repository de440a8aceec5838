import { answerMailAddress } from '#server/access/answer-mail-code.ts';
import { answering } from '#server/edge/refusal.ts';
import { runtime } from '#server/runtime.ts';
import type { RequestHandler } from './$types';

export const POST: RequestHandler = (event) =>
	answering(async () => answerMailAddress(event, await runtime()));
