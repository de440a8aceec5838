import { endOfCompulsorySchool, birthday, firstOnOrAfter } from '../../time/birthdays.ts';
import { addDays, addMonths, type CivilDate } from '../../time/civil-date.ts';
import { rollEnd } from '../../time/counting.ts';
import type { Context } from './context.ts';
import { decisionAnswered } from './decisions.ts';
import type { Fact } from './facts.ts';
import * as process from './processes.ts';

/** One date that a count is made of; or what is missing for it; or null where there is nothing of the kind in this case. */
export type Limb =
	| {
			date: CivilDate;
			certain: boolean;
			reading: string;
			authority: string;
			input?: Fact;
			alternative?: CivilDate;
	  }
	| { needs: string }
	| null;

type At = { context: Context; fact: Fact };

const limb = (date: CivilDate, reading: string, authority: string): Limb => ({
	date,
	certain: true,
	reading,
	authority
});

function appealWindow(from: Fact, months: number, reading: string): Limb {
	const { date, certain, alternative } = rollEnd(addMonths(from.on, months), 'start-appeal');
	return { date, certain, alternative, input: from, reading, authority: 'TPR r.12 and r.20' };
}

function transferBack(fact: Fact, weeks: number): Limb {
	const longstop = process.transferLongstop(fact);
	if (typeof longstop !== 'string') return longstop;
	return limb(addDays(longstop, -7 * weeks), `${weeks} weeks before the last day for the plan`, 'reg 18');
}

/** The earliest live longstop on or after the meeting that a notice follows. */
function longstopAfter({ context: { facts }, fact }: At): Limb {
	const meeting = process.meetingOfNotice(facts, fact);
	if (!meeting) return null;
	const stops = facts
		.of('transfer.expected')
		.filter((transfer) => !process.isReplacedTransfer(facts, transfer))
		.flatMap((transfer) => {
			const date = process.transferLongstop(transfer);
			return typeof date === 'string' && date >= meeting.on ? [{ date, input: transfer }] : [];
		})
		.sort((a, b) => (a.date < b.date ? -1 : 1));
	const first = stops[0];
	return first ? { ...first, certain: true, reading: 'the last day for a move', authority: 'reg 18' } : null;
}

const LIMBS = {
	'newest-request-20w': ({ context, fact }: At): Limb => {
		const request = process.newestRequest(context.facts, fact.on);
		return request ? limb(addDays(request.on, 140), '20 weeks from the request', 'reg 13(2)') : null;
	},
	'amended-plan-as-base': ({ fact }: At): Limb =>
		fact.type === 'plan.finalised' && fact.detail.kind === 'amended'
			? limb(addMonths(fact.on, 12), '12 months from an amended plan', 's.44(1)')
			: null,
	'notice-8w': ({ fact }: At): Limb => limb(addDays(fact.on, 56), '8 weeks from the notice', 'reg 22(3)'),
	'meeting-12w': ({ context, fact }: At): Limb => {
		const meeting = process.meetingOfNotice(context.facts, fact);
		if (!meeting) return { needs: 'review.meeting-held' };
		const date = addDays(meeting.on, 84);
		return {
			date,
			certain: true,
			input: meeting,
			reading: '12 weeks from the meeting',
			authority: 'R (L, M and P) v Devon'
		};
	},
	'transfer-longstop': longstopAfter,
	'transfer-back-8w': ({ fact }: At): Limb => transferBack(fact, 8),
	'transfer-back-12w': ({ fact }: At): Limb => transferBack(fact, 12),
	'end-of-compulsory-school': ({ fact }: At): Limb =>
		limb(
			endOfCompulsorySchool(fact.on),
			'the last Friday in June of the school year of the 16th birthday',
			'CFA s.83'
		),
	'end-of-year-of-25': ({ fact }: At): Limb =>
		limb(firstOnOrAfter(birthday(fact.on, 25), '07-31'), 'academic year to 31 July', 'reg 46'),
	'move-day': ({ context, fact }: At): Limb => {
		const move = process.moveFirstKnown(context.facts, fact);
		if (!move?.movesOn) return { needs: 'movesOn' };
		return {
			date: move.movesOn,
			certain: move.certain,
			reading: 'the day of the move',
			authority: 'reg 15(2)'
		};
	},
	'review-base-12m': ({ context: { facts }, fact }: At): Limb => {
		const base = facts.newest(
			['plan.finalised', 'review.decided', 'review.amendment-notice'],
			fact.on,
			(candidate) => process.isReviewBase(facts, candidate)
		);
		if (!base) return { needs: 'plan.finalised' };
		const date = addMonths(base.on, 12);
		return {
			date,
			certain: true,
			input: base,
			reading: '12 months from the last review or the plan',
			authority: 'reg 15(5)'
		};
	},
	'moved-3m': ({ fact }: At): Limb => limb(addMonths(fact.on, 3), 'three months from the move', 'reg 15(5)'),
	'certificate-1m': ({ fact }: At): Limb => appealWindow(fact, 1, 'one month from the certificate'),
	'decision-2m': ({ context, fact }: At): Limb => {
		const decision = decisionAnswered(context.facts, fact);
		return decision ? appealWindow(decision, 2, 'two months from the decision') : { needs: 'decision' };
	}
};
export type LimbName = keyof typeof LIMBS;

export function limbOf(name: LimbName, at: At): Limb {
	return LIMBS[name](at);
}
