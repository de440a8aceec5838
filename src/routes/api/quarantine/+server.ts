import { answerQuarantine } from '#server/access/answer-quarantine.ts';
import { answering } from '#server/edge/refusal.ts';
import { runtime } from '#server/runtime.ts';
import type { RequestHandler } from './$types';

export const POST: RequestHandler = (event) =>
	answering(async () => answerQuarantine(event, await runtime()));
