import { LEFT_SESSION_NOTE } from '#sync/left-session.ts';
import { forgetUse } from './in-use.ts';
import type { OpenCase } from './open-case.svelte.ts';

/** How a person reads says nothing about a child and is theirs to keep. */
const KEEP = ['alongside:reading', LEFT_SESSION_NOTE];

/**
 * Removes one person's things, or everybody's, from this phone: without a connection, locked or open. What the app noted beside
 * the database goes too. A session at the server is ended now, or at the next opening with a connection. Throws when something
 * stayed.
 */
export async function removeFromPhone(open: OpenCase, whose: 'mine' | 'all' = 'mine'): Promise<void> {
	const account = open.lockFacts?.account !== false;
	// Before the rows go: what a person takes away is not lost.
	forgetUse();
	const devices = await open.removeEverything(whose);
	for (const key of Object.keys(localStorage))
		if (key.startsWith('alongside:') && !KEEP.includes(key)) localStorage.removeItem(key);
	open.lost = false;
	if (account) await endHere(whose === 'all' ? [] : devices);
	await open.lookAtLock();
}

/** A part of its own: the lock screen, which can remove too, waits for nothing that it does not need to stand. */
async function endHere(devices: readonly string[]): Promise<void> {
	const [{ leaveSession }, { endLeftSession }] = await Promise.all([
		import('#sync/leave-session.ts'),
		import('#sync/left-session.ts')
	]);
	void endLeftSession(undefined, leaveSession(devices));
}
