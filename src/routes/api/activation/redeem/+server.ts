import { answerRedeem } from '#server/access/answer-redeem.ts';
import { answering } from '#server/edge/refusal.ts';
import { runtime } from '#server/runtime.ts';
import type { RequestHandler } from './$types';

export const POST: RequestHandler = (event) => answering(async () => answerRedeem(event, await runtime()));
