import { answerBlobAsk } from '#server/blobs/answer-ask.ts';
import { answering } from '#server/edge/refusal.ts';
import { runtime } from '#server/runtime.ts';
import type { RequestHandler } from './$types';

export const POST: RequestHandler = (event) => answering(async () => answerBlobAsk(event, await runtime()));
