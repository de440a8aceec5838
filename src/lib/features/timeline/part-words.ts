import type { Step } from '#domain/journey/journey.ts';
import { daysBetween, type CivilDate } from '#domain/time/civil-date.ts';
import { sayDay } from '#i18n/format.ts';
import { sayLate } from '#i18n/when.ts';
import { t } from '#i18n/words.svelte.ts';
import type { Status } from '#ui/status-chip/status.ts';
import { partyName } from '../open-case/words.ts';

type Part = { title: string; status: Status; note?: string; href?: string };

/** Each adviser or setting of a step, named by role and never by blame. */
export function partsOf(step: Step, today: CivilDate): Part[] {
	return step.parts.map((part) => {
		const due = part.due && t('timeline:partDue', { day: sayDay(part.due, today) });
		const late = part.due && sayLate(daysBetween(part.due, today));
		// What came late is still late on paper: a complaint may be about it.
		const overdue =
			part.milestone?.state === 'done_late' && part.on && part.due
				? t('status:wasLateDays', { count: daysBetween(part.due, part.on) })
				: undefined;
		const note = {
			done:
				part.on &&
				[t('timeline:partHere', { day: sayDay(part.on, today) }), overdue].filter(Boolean).join('. '),
			late: late && `${late}. ${due}.`,
			waiting: due ?? t('status:waiting'),
			moot: t('timeline:partMoot')
		}[part.state];
		return {
			title: partyName(part.about),
			status: part.state,
			...(note && { note }),
			...(part.milestone && { href: `/app/milestone/${part.milestone.key}` })
		};
	});
}
