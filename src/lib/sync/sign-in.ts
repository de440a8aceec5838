import { sessionAnswer, signInAnswer } from '#contract/access/sign-in.ts';
import { StorageFull } from '#store/errors.ts';
import type { PullStore } from '#store/pull-store.ts';
import { whyNot } from './asked.ts';
import type { Line } from './line.ts';
import type { SignInBy, SignInOutcome } from './status.ts';
import type { Reply } from './transport.ts';

/**
 * Signs in. As with a letter, the place to keep it is made ready first. `session` takes over what a provider of sign-in left
 * behind: the server's cookie is there, and the phone learns whose it is.
 */
export async function signIn(
	{ store, line }: { store: PullStore; line: Line },
	by: SignInBy
): Promise<SignInOutcome> {
	try {
		const position = await store.position(true);
		if (!position) return { ok: false, why: 'unavailable' };
		const { deviceId } = position;
		const place = { deviceId, deviceName: 'Phone', ...(by.account && { account: by.account }) };
		switch (by.way) {
			case 'passkey': {
				const { askPasskey } = await import('./passkeys.ts');
				const shown = await askPasskey(line);
				if (!shown.ok) return shown;
				const { credential, credentialId, prf } = shown;
				const taken = await take(store, await line.post('/api/passkey/sign-in', { ...place, credential }));
				return taken.ok ? { ok: true, passkey: { credentialId, prf } } : taken;
			}
			case 'mail':
				return await take(store, await line.post('/api/mail-code/sign-in', { ...place, code: by.code }));
			case 'session':
				return await adopt(store, await line.get('/api/session'), { deviceId, account: by.account });
		}
	} catch (error) {
		return { ok: false, why: error instanceof StorageFull ? 'storage-full' : 'unavailable' };
	}
}

async function take(store: PullStore, reply: Reply): Promise<SignInOutcome> {
	if (!reply.ok) return { ok: false, why: whyNot(reply) };
	const answer = signInAnswer.safeParse(reply.json);
	if (!answer.success) return { ok: false, why: 'unavailable' };
	await store.openAccount({ userId: answer.data.userId, scopes: answer.data.scopes });
	return { ok: true };
}

/** Only a session of this very phone, and of the person whose data it holds. */
async function adopt(
	store: PullStore,
	reply: Reply,
	mine: { deviceId: string; account?: string | undefined }
): Promise<SignInOutcome> {
	if (!reply.ok) return { ok: false, why: whyNot(reply) };
	const answer = sessionAnswer.safeParse(reply.json);
	if (!answer.success) return { ok: false, why: 'unavailable' };
	const { session } = answer.data;
	if (!session || session.deviceId !== mine.deviceId) return { ok: false, why: 'signed-out' };
	if (mine.account && mine.account !== session.userId) return { ok: false, why: 'other-person' };
	// The next pull says which scopes may be read.
	await store.openAccount({ userId: session.userId, scopes: [] });
	return { ok: true };
}
