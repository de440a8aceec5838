import { holderOf } from '#domain/journey/late.ts';
import type { KeyedMilestone } from '#domain/journey/journey.ts';
import { daysBetween, type CivilDate } from '#domain/time/civil-date.ts';
import { sayDay } from '#i18n/format.ts';
import { sayLate } from '#i18n/when.ts';
import { t } from '#i18n/words.svelte.ts';
import type { Status } from '#ui/status-chip/status.ts';
import { actorOf } from '../open-case/words.ts';

/** A milestone's state in the one status vocabulary. Late is said only of others; a family's own day has gone by. */
export function chipOf(m: KeyedMilestone, today: CivilDate): { status: Status; text: string } {
	const own = m.actor === 'family';
	switch (m.state) {
		case 'late':
			return { status: 'late', text: sayLate(daysBetween(m.due ?? today, today)) };
		case 'done_on_time':
			// Without a day that it was due on, nobody can say that it came in time.
			return { status: 'done', text: t(m.due ? 'status:onTime' : 'status:done') };
		case 'done_late':
			return {
				status: 'done',
				text: t('status:wasLateDays', { count: daysBetween(m.due ?? today, m.closedBy?.on ?? today) })
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
