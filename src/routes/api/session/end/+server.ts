import { answerEnd } from '#server/access/answer-end.ts';
import { answering } from '#server/edge/refusal.ts';
import { runtime } from '#server/runtime.ts';
import type { RequestHandler } from './$types';

export const POST: RequestHandler = (event) => answering(async () => answerEnd(event, await runtime()));
