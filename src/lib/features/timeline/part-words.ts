import type { Step } from '#domain/journey/journey.ts';
import type { CivilDate } from '#domain/time/civil-date.ts';
import { sayDay } from '#i18n/format.ts';
import { sayLate } from '#i18n/when.ts';
import { t } from '#i18n/words.svelte.ts';
import type { Status } from '#ui/status-chip/status.ts';
import { partyName } from '../open-case/words.ts';

type Part = { title: string; status: Status; note?: string; href?: string };

const DAY_MS = 86_400_000;

/** Each adviser or setting of a step, named by role and never by blame. */
export function partsOf(step: Step, today: CivilDate): Part[] {
	return step.parts.map((part) => {
		const due = part.due && t('timeline:partDue', { day: sayDay(part.due, today) });
		const late = part.due && sayLate(Math.round((Date.parse(today) - Date.parse(part.due)) / DAY_MS));
		const note = {
			done: part.on && t('timeline:partHere', { day: sayDay(part.on, today) }),
			late: late && `${late}. ${due}.`,
			waiting: due,
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
