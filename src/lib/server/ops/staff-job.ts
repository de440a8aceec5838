import { audit } from '../access/audit.ts';
import { endAllStaffSessions } from '../oidc/staff-session.ts';
import { BadArguments } from './arguments.ts';
import type { JobContext } from './jobs.ts';

/** `db staff-out`: signs all staff out at once, for the day somebody's access at the provider was taken away. */
export async function staffOutJob(words: string[], { database, io }: JobContext): Promise<number> {
	if (words.length > 0) throw new BadArguments('npm run db -- staff-out takes no more words.');
	const ended = await database.transact(async (tx) => {
		const ended = await endAllStaffSessions(tx, new Date());
		if (ended > 0) await audit(tx, { actor: 'system', action: 'sign-out' });
		return ended;
	});
	io.out(ended === 1 ? '1 staff session ended.' : `${ended} staff sessions ended.`);
	return 0;
}
