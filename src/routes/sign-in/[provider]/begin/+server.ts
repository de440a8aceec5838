import { answering } from '#server/edge/refusal.ts';
import { answerBegin } from '#server/oidc/answer-begin.ts';
import { runtime } from '#server/runtime.ts';
import type { RequestHandler } from './$types';

export const POST: RequestHandler = (event) =>
	answering(async () => answerBegin(event, await runtime(), event.params.provider));
