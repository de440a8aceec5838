import { answerLooks } from '#server/access/answer-looks.ts';
import { answering } from '#server/edge/refusal.ts';
import { runtime } from '#server/runtime.ts';
import type { RequestHandler } from './$types';

export const POST: RequestHandler = (event) => answering(async () => answerLooks(event, await runtime()));
