import { answerDeviceSecret } from '#server/access/answer-device-secret.ts';
import { answering } from '#server/edge/refusal.ts';
import { runtime } from '#server/runtime.ts';
import type { RequestHandler } from './$types';

export const POST: RequestHandler = (event) =>
	answering(async () => answerDeviceSecret(event, await runtime()));
