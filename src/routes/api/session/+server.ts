import { answerSession } from '#server/access/answer-session.ts';
import { answering } from '#server/edge/refusal.ts';
import { runtime } from '#server/runtime.ts';
import type { RequestHandler } from './$types';

export const GET: RequestHandler = (event) => answering(async () => answerSession(event, await runtime()));
