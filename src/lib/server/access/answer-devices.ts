import * as z from 'zod/mini';
import { deviceRename, deviceRevoke } from '#contract/access/devices.ts';
import { addressOf, originsOf, requireSession, type Call } from '../edge/caller.ts';
import { readJson } from '../edge/read-json.ts';
import { answer, Refusal } from '../edge/refusal.ts';
import type { Runtime } from '../runtime.ts';
import { audit } from './audit.ts';
import { devicesOf, renameDevice, revokeDevice } from './devices.ts';
import { tellPhones } from './notices.ts';
import { requireFresh } from './step-up.ts';

const LIMIT = 4 * 1024;

/** POST /api/devices: the signed-in person's phones. */
export async function answerDevices(call: Call, server: Runtime): Promise<Response> {
	await readJson(call.request, { shape: z.object({}), limit: LIMIT, origins: originsOf(call, server) });
	const session = await requireSession(call, server);
	return answer(
		await server.database.transact((tx) => devicesOf(tx, { ...session, now: new Date() }), { readOnly: true })
	);
}

/** POST /api/devices/rename. Another person's phone and one that never was look the same. */
export async function answerRename(call: Call, server: Runtime): Promise<Response> {
	const ask = await readJson(call.request, {
		shape: deviceRename,
		limit: LIMIT,
		origins: originsOf(call, server)
	});
	const { accountId } = await requireSession(call, server);
	if (!(await server.database.transact((tx) => renameDevice(tx, { accountId, ...ask }))))
		throw new Refusal('not_found');
	return answer({});
}

/** POST /api/devices/revoke: needs a fresh proof, and tells the person's other phones. */
export async function answerRevoke(call: Call, server: Runtime): Promise<Response> {
	const { id } = await readJson(call.request, {
		shape: deviceRevoke,
		limit: LIMIT,
		origins: originsOf(call, server)
	});
	const session = await requireSession(call, server);
	const { accountId, deviceId } = session;
	const now = new Date();
	const done = await server.database.transact(async (tx) => {
		await requireFresh(tx, session, now);
		if (!(await revokeDevice(tx, { accountId, id, now }))) return false;
		await tellPhones(tx, { accountId, kind: 'phone-removed', device: deviceId, now });
		await audit(tx, {
			actor: { id: accountId, role: 'family' },
			action: 'revoke',
			object: id,
			address: addressOf(call),
			device: deviceId
		});
		return true;
	});
	if (!done) throw new Refusal('not_found');
	return answer({});
}
