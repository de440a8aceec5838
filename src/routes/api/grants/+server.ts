import { answerGrants } from '#server/access/answer-grants.ts';
import { answering } from '#server/edge/refusal.ts';
import { runtime } from '#server/runtime.ts';
import type { RequestHandler } from './$types';

export const POST: RequestHandler = (event) => answering(async () => answerGrants(event, await runtime()));
