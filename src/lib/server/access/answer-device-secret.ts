import * as z from 'zod/mini';
import { addressOf, originsOf, requireSession, type Call } from '../edge/caller.ts';
import { readJson } from '../edge/read-json.ts';
import { answer } from '../edge/refusal.ts';
import type { Runtime } from '../runtime.ts';
import { audit } from './audit.ts';
import { deviceSecret } from './device-secret.ts';
import { requireFresh } from './step-up.ts';

const LIMIT = 4 * 1024;

/** POST /api/device-secret: what opens this phone when its PIN is forgotten. Only straight after a proof. */
export async function answerDeviceSecret(call: Call, server: Runtime): Promise<Response> {
	await readJson(call.request, { shape: z.object({}), limit: LIMIT, origins: originsOf(call, server) });
	const session = await requireSession(call, server);
	const { accountId, deviceId } = session;
	const body = await server.database.transact(async (tx) => {
		await requireFresh(tx, session, new Date());
		const secret = await deviceSecret(tx, { accountId, deviceId, secret: server.config.secret });
		await audit(tx, {
			actor: { id: accountId, role: 'family' },
			action: 'unlock-reset',
			address: addressOf(call),
			device: deviceId
		});
		return { secret };
	});
	return answer(body);
}
