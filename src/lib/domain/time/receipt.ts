import { ENGLAND_AND_WALES } from './bank-holidays.ts';
import type { CivilDate } from './civil-date.ts';
import { nextWorkingDayFrom, stepWorkingDays } from './working-days.ts';

export type SentBy = 'hand' | 'signed-for' | 'first-class' | 'email';

/**
 * The day on which a letter counts as received, for a form to propose (IPSEA template letter 9; law.md §2). By hand and by
 * email it is the day itself, or the next working day; posted first class, the next working day after posting. The day a
 * signed-for letter was signed is known only to the post: undefined. A message after 5pm counts on the next working day:
 * pass `afterFive`.
 */
export function receivedOn(sent: { on: CivilDate; by?: SentBy; afterFive?: boolean }): CivilDate | undefined {
	const by = sent.by ?? 'email';
	if (by === 'signed-for') return undefined;
	if (by === 'first-class' || sent.afterFive)
		return stepWorkingDays(sent.on, 1, { calendar: ENGLAND_AND_WALES }).date;
	return nextWorkingDayFrom(sent.on, ENGLAND_AND_WALES).date;
}
