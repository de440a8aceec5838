import { answering } from '#server/edge/refusal.ts';
import { answerRemove } from '#server/oidc/answer-remove.ts';
import { runtime } from '#server/runtime.ts';
import type { RequestHandler } from './$types';

export const POST: RequestHandler = (event) =>
	answering(async () => answerRemove(event, await runtime(), event.params.provider));
