import { holderOf } from '#domain/journey/late.ts';
import type { KeyedMilestone } from '#domain/journey/journey.ts';
import type { CivilDate } from '#domain/time/civil-date.ts';
import { sayDay } from '#i18n/format.ts';
import { sayLate } from '#i18n/when.ts';
import { t } from '#i18n/words.svelte.ts';
import type { Status } from '#ui/status-chip/status.ts';
import { actorOf } from '../open-case/words.ts';

const DAY_MS = 86_400_000;
const between = (from: CivilDate, to: CivilDate) => Math.round((Date.parse(to) - Date.parse(from)) / DAY_MS);

/** A milestone's state in the one status vocabulary. Late is said only of others; a family's own day has gone by. */
export function chipOf(m: KeyedMilestone, today: CivilDate): { status: Status; text: string } {
	const own = m.actor === 'family';
	switch (m.state) {
		case 'late':
			return { status: 'late', text: sayLate(between(m.due ?? today, today)) };
		case 'done_on_time':
			return { status: 'done', text: t('status:onTime') };
		case 'done_late':
			return {
				status: 'done',
				text: t('status:wasLateDays', { count: between(m.due ?? today, m.closedBy?.on ?? today) })
			};
		case 'due_today':
			return { status: own ? 'you' : 'waiting', text: t('status:today') };
		case 'relaxed_claimed':
			return { status: 'unknown', text: t('status:relaxed') };
		case 'unknown_calendar':
			return { status: 'unknown', text: t('status:uncertain') };
		case 'moot':
		case 'ended':
			return { status: 'moot', text: t('status:moot') };
		case 'passed':
			return { status: 'moot', text: t('status:passed') };
		default:
			if (!m.due) return { status: 'unknown', text: t('status:unknown') };
			if (own) return { status: 'you', text: t('status:youBy', { day: sayDay(m.due, today) }) };
			return m.state === 'upcoming'
				? { status: 'waiting', text: t('status:waitingFor', { who: actorOf(holderOf(m)) }) }
				: { status: 'ahead', text: t('status:aheadBy', { day: sayDay(m.due, today) }) };
	}
}
