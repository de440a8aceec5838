import { version } from '$app/environment';
import { answer, answering } from '#server/edge/refusal.ts';
import { health } from '#server/ops/health.ts';
import { runtime } from '#server/runtime.ts';
import type { RequestHandler } from './$types';

export const GET: RequestHandler = () =>
	answering(async () => {
		const body = await health(await runtime(), version);
		return answer(body, { status: body.ok ? 200 : 503 });
	});
