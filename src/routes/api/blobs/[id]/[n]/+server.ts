import { answerChunk } from '#server/blobs/answer-chunk.ts';
import { answering } from '#server/edge/refusal.ts';
import { runtime } from '#server/runtime.ts';
import type { RequestHandler } from './$types';

export const PUT: RequestHandler = (event) =>
	answering(async () => answerChunk(event, await runtime(), event.params));
