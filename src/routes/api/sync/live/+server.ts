import { answerLive } from '#server/sync/answer-live.ts';
import { answering } from '#server/edge/refusal.ts';
import { runtime } from '#server/runtime.ts';
import type { RequestHandler } from './$types';

export const GET: RequestHandler = (event) => answering(async () => answerLive(event, await runtime()));
