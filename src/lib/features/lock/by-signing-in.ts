import type { OpenCase } from '../open-case/open-case.svelte.ts';
import { serverHalf } from './from-server.ts';

/** Opens the lock with what the server keeps for this device; false when the sign-in is too old, or there is no connection. */
export async function opensBySigningIn(open: OpenCase): Promise<boolean> {
	const secret = await serverHalf();
	if (!secret) return false;
	const outcome = await open.lock?.open({ way: 'sign-in', secret });
	secret.fill(0);
	return outcome?.ok === true;
}
