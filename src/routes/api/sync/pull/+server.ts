import { answerPull } from '#server/sync/answer-pull.ts';
import { answering } from '#server/edge/refusal.ts';
import { runtime } from '#server/runtime.ts';
import type { RequestHandler } from './$types';

export const POST: RequestHandler = (event) => answering(async () => answerPull(event, await runtime()));
