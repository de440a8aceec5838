import { CANARY_ROW, userScope } from '#contract/scope.ts';
import { stillHere, writeMeta } from '../meta.ts';
import type { Session } from '../profile-session.ts';
import { highestSeq, unanswered } from './numbers.ts';

/**
 * Numbers only rise and are on the disk before they are used, so a server that has heard a higher one has heard a later life of this phone. What
 * waits here under a number that was used is `push`'s to find out (`device_fork`); with nothing waiting nobody would ever notice.
 */
export function noticeLoss({ db, id }: Pick<Session, 'db' | 'id'>, lastSeq: number): Promise<boolean> {
	return db.transaction('rw', db.outbox, db.meta, db.rows, async () => {
		await stillHere(db);
		if (lastSeq <= (await highestSeq(db)) || (await unanswered(db).first())) return false;
		// Told once: from here on this phone counts as the one that had said all that.
		await writeMeta(db, 'forgotten', lastSeq);
		await db.rows.delete([userScope(id), CANARY_ROW, CANARY_ROW]);
		return true;
	});
}
