import type { WordKey } from '#i18n/resources.ts';
import { readPrf } from '#browser/passkey-prf.ts';
import type { OpenCase } from '../open-case/open-case.svelte.ts';
import { phonePasskey, serverHalf } from './from-server.ts';

/** What a broken rule of the store says to a person; anything else means that nothing was changed. */
export function ruleSaid(error: unknown): WordKey {
	const rule = (error as { rule?: string }).rule;
	if (rule === 'recovery-wrong' || rule === 'recovery-needed') return 'settings:lock.codeWrong';
	return 'settings:lock.failed';
}

/** Keeps one more way in at the server, where there is an account, a connection and a fresh sign-in. */
async function serverKeepsOne(open: OpenCase): Promise<boolean> {
	if (!open.lockFacts?.account) return false;
	const secret = await serverHalf().catch(() => null);
	if (!secret) return false;
	await open.lock?.addServerSecret(secret);
	secret.fill(0);
	await open.lookAtLock();
	return true;
}

/** Whether the person must keep a code: no way in is left that they cannot forget. */
export async function needsSpareKey(open: OpenCase): Promise<boolean> {
	const ways = (await open.lookAtLock())?.ways ?? [];
	if (ways.includes('recovery') || ways.includes('sign-in')) return false;
	return !(await serverKeepsOne(open));
}

export async function setSecretLock(
	open: OpenCase,
	secret: { kind: 'pin' | 'passphrase'; text: string; recovery?: string }
): Promise<void> {
	await open.lock?.setSecret(secret);
	await open.lookAtLock();
}

const WHY = {
	offline: 'settings:lock.passkeyOffline',
	stale: 'settings:lock.passkeySignIn',
	failed: 'settings:lock.passkeyFailed'
} as const;

/**
 * Asks the passkey of this phone for its secret, or makes one, and locks with it. Returns why not, as words; null when it opens
 * with touch or face from now on.
 */
export async function addPasskeyLock(open: OpenCase): Promise<WordKey | null> {
	const passkey = await phonePasskey(open);
	if (!passkey.ok) return WHY[passkey.why];
	// After the passkey: signing in with it is what makes the server hand out its half.
	if (await needsSpareKey(open)) return 'settings:lock.passkeySignIn';
	const { credentialId } = passkey;
	const asked = passkey.prf ? null : await readPrf([credentialId]);
	const prf = passkey.prf ?? (asked?.ok ? asked.prf : null);
	if (!prf) return 'settings:lock.passkeyUnable';
	await open.lock?.addPasskey({ credentialId, prf });
	prf.fill(0);
	await open.lookAtLock();
	return null;
}
