import { answering } from '#server/edge/refusal.ts';
import { runtime } from '#server/runtime.ts';
import { answerPush } from '#server/sync/answer-push.ts';
import type { RequestHandler } from './$types';

export const POST: RequestHandler = (event) => answering(async () => answerPush(event, await runtime()));
