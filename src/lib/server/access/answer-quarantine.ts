import { quarantineAsk } from '#contract/access/quarantine.ts';
import { addressOf, originsOf, tokenOf, type Call } from '../edge/caller.ts';
import { readJson } from '../edge/read-json.ts';
import { answer, Refusal } from '../edge/refusal.ts';
import type { Runtime } from '../runtime.ts';
import { audit } from './audit.ts';
import { keepSealed, QUARANTINE_MS } from './quarantine.ts';
import { readRevoked } from './session.ts';

/** The adapter ends a body at 512 KiB; this leaves room for what stands around the envelopes. */
const LIMIT = 480 * 1024;

/**
 * POST /api/quarantine: the only thing a removed phone may still do, for a day. Nothing is opened, nothing is answered but a
 * number.
 */
export async function answerQuarantine(call: Call, server: Runtime): Promise<Response> {
	const { items } = await readJson(call.request, {
		shape: quarantineAsk,
		limit: LIMIT,
		origins: originsOf(call, server)
	});
	const token = tokenOf(call);
	const now = new Date();
	const body = await server.database.transact(async (tx) => {
		const phone = token ? await readRevoked(tx, token) : null;
		if (!phone || now.getTime() - phone.revokedAt.getTime() > QUARANTINE_MS)
			throw new Refusal('needs_sign_in');
		const { accountId, deviceId } = phone;
		const kept = await keepSealed(tx, { accountId, deviceId, items, now });
		await audit(tx, {
			actor: { id: accountId, role: 'family' },
			action: 'quarantine',
			address: addressOf(call),
			device: deviceId
		});
		return { kept };
	});
	return answer(body);
}
