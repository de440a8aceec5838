import type { ServerKey } from '#store/keys/envelope.ts';
import type { Leaving } from './give-up.ts';

/** `giveUp`, fetched when it is due, which is never on almost every phone. False when it has to be tried again. */
export async function leavePhone(parts: Omit<Leaving, 'forgetWorker'>, key?: ServerKey): Promise<boolean> {
	try {
		const { giveUp } = await import('./give-up.ts');
		const { forgetWorker } = await import('#browser/forget-worker.ts');
		return await giveUp({ ...parts, forgetWorker }, key);
	} catch {
		return false;
	}
}
