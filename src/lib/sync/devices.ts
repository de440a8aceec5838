import { devicesAnswer, type DevicesAnswer } from '#contract/access/devices.ts';
import { deviceSecretAnswer, sessionAnswer, type SessionAnswer } from '#contract/access/sign-in.ts';
import { whyNot, type AskFault } from './asked.ts';
import { pageLine, type Line } from './line.ts';
import type { Reply } from './transport.ts';

export type Asked<T> = { ok: true; value: T } | { ok: false; why: AskFault };

type Shape<T> = { safeParse(json: unknown): { success: true; data: T } | { success: false } };
function read<T>(reply: Reply, shape: Shape<T>): Asked<T> {
	if (!reply.ok) return { ok: false, why: whyNot(reply) };
	const parsed = shape.safeParse(reply.json);
	return parsed.success ? { ok: true, value: parsed.data } : { ok: false, why: 'unavailable' };
}
const done = (reply: Reply): Asked<null> =>
	reply.ok ? { ok: true, value: null } : { ok: false, why: whyNot(reply) };

/** Who is signed in here, which ways this server has, how fresh the last proof is. */
export const readSession = async ({ get }: Pick<Line, 'get'> = pageLine()): Promise<Asked<SessionAnswer>> =>
	read(await get('/api/session'), sessionAnswer);

export const readDevices = async ({ post }: Pick<Line, 'post'> = pageLine()): Promise<Asked<DevicesAnswer>> =>
	read(await post('/api/devices', {}), devicesAnswer);

export const renameDevice = async (
	device: { id: string; name: string },
	{ post }: Pick<Line, 'post'> = pageLine()
): Promise<Asked<null>> => done(await post('/api/devices/rename', device));

/** `proof-needed`: sign in again first. */
export const revokeDevice = async (
	id: string,
	{ post }: Pick<Line, 'post'> = pageLine()
): Promise<Asked<null>> => done(await post('/api/devices/revoke', { id }));

/** The 32 bytes that only the server keeps for this phone; null without a connection or a sign-in in the last five minutes. */
export async function fetchDeviceSecret(
	{ post }: Pick<Line, 'post'> = pageLine()
): Promise<Uint8Array<ArrayBuffer> | null> {
	const told = read(await post('/api/device-secret', {}), deviceSecretAnswer);
	if (!told.ok) return null;
	const text = atob(told.value.secret.replace(/-/g, '+').replace(/_/g, '/'));
	return Uint8Array.from(text, (c) => c.charCodeAt(0));
}

/** Asks for a code to this address. Says nothing about whether anybody has it. */
export const sendMailCode = async (
	address: string,
	{ post }: Pick<Line, 'post'> = pageLine()
): Promise<Asked<null>> => done(await post('/api/mail-code/send', { address }));

/** Names the address that codes shall go to, then confirms it by the code that was sent there. */
export const nameAddress = async (
	address: string,
	{ post }: Pick<Line, 'post'> = pageLine()
): Promise<Asked<null>> => done(await post('/api/mail-code/address', { address }));
export const confirmAddress = async (
	code: string,
	{ post }: Pick<Line, 'post'> = pageLine()
): Promise<Asked<null>> => done(await post('/api/mail-code/confirm', { code }));
