import { answerComplete } from '#server/blobs/answer-complete.ts';
import { answering } from '#server/edge/refusal.ts';
import { runtime } from '#server/runtime.ts';
import type { RequestHandler } from './$types';

export const POST: RequestHandler = (event) =>
	answering(async () => answerComplete(event, await runtime(), event.params));
