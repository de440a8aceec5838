import type { GrantsAnswer } from '#contract/access/grants.ts';
import { addDays } from '#domain/time/civil-date.ts';
import type { WordKey } from '#i18n/resources.ts';

/** The server tells both sides this long before; earlier the day is nobody's business on this screen. */
const SOON_DAYS = 90;

/** What to say about whose record it is, or null while that is far away or not known. */
export function rightsLine(grant: GrantsAnswer['cases'][number], today: string): WordKey | null {
	if (grant.moved) {
		if (grant.mine) return 'wholooked:rights.mine';
		return grant.reads ? 'wholooked:rights.theirs' : 'wholooked:rights.closed';
	}
	if (grant.on === undefined || grant.on > addDays(today, SOON_DAYS)) return null;
	return grant.mine ? 'wholooked:rights.soonMine' : 'wholooked:rights.soonTheirs';
}
