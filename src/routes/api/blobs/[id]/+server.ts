import { answerKept } from '#server/blobs/answer-kept.ts';
import { answering } from '#server/edge/refusal.ts';
import { runtime } from '#server/runtime.ts';
import type { RequestHandler } from './$types';

export const GET: RequestHandler = (event) =>
	answering(async () => answerKept(event, await runtime(), event.params));
