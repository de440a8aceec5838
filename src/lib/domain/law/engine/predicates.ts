import { EVENT_DETAILS } from '../../case/vocabulary.ts';
import { birthday, schoolYearStart } from '../../time/birthdays.ts';
import { addDays, addMonths } from '../../time/civil-date.ts';
import type { Condition } from '../rule-record.ts';
import type { Context } from './context.ts';
import { earlierCeasingLetter, outcomesOf, takesBack } from './decisions.ts';
import type { Fact } from './facts.ts';
import * as process from './processes.ts';

/** Holds, does not hold, or cannot be said because a detail is missing. */
export type Answer = boolean | { needs: string };

type Trigger = { context: Context; fact: Fact };
type Closing = Trigger & { closer: Fact };

function floorOf({ context: { facts }, fact }: Trigger): 'assessment' | 'reassessment' | 'review' | 'none' {
	if (process.reassessmentOpen(facts, fact)) return 'reassessment';
	if (fact.detail.kind === 'first') return 'assessment';
	const withNotice = facts.of('review.amendment-notice').some((notice) => notice.on === fact.on);
	return withNotice ? 'none' : 'review';
}

/** The few conditions that are more than a look at one detail, by name. */
const TRIGGER_TESTS = {
	'floor-of-assessment': (trigger: Trigger): Answer => floorOf(trigger) === 'assessment',
	'floor-of-reassessment': (trigger: Trigger): Answer => floorOf(trigger) === 'reassessment',
	'floor-of-review': (trigger: Trigger): Answer => floorOf(trigger) === 'review',
	'reversed-without-tribunal': ({ context, fact }: Trigger): Answer =>
		process.reversedWithoutTribunal(context.facts, fact),
	'reassessment-not-ordered': ({ context, fact }: Trigger): Answer =>
		!process.reassessmentOrdered(context.facts, fact),
	'first-or-ends-reassessment': ({ context, fact }: Trigger): Answer =>
		fact.detail.kind === 'first' || process.reassessmentOpen(context.facts, fact),
	'review-base': ({ context, fact }: Trigger): Answer => process.isReviewBase(context.facts, fact),
	'due-before-fifth-birthday': ({ context, fact }: Trigger): Answer =>
		context.bornOn ? addMonths(fact.on, 6) < birthday(context.bornOn, 5) : { needs: 'bornOn' },
	'day-was-not-set': ({ context, fact }: Trigger): Answer =>
		!context.facts.of('review.meeting-set').some((set) => set.on === fact.on),
	'first-notice-of-meeting': ({ context, fact }: Trigger): Answer =>
		process.isFirstNotice(context.facts, fact),
	'known-in-good-time': ({ context, fact }: Trigger): Answer =>
		process.moveFirstKnown(context.facts, fact)?.inGoodTime ?? false,
	'known-late': ({ context, fact }: Trigger): Answer => {
		const move = process.moveFirstKnown(context.facts, fact);
		return move !== undefined && !move.inGoodTime;
	},
	'first-letter-of-ceasing': ({ context, fact }: Trigger): Answer =>
		!earlierCeasingLetter(context.facts, fact),
	'a-transfer-is-expected': ({ context, fact }: Trigger): Answer =>
		context.facts.newest(['transfer.expected'], fact.on) !== undefined,
	'from-year-nine': ({ context: { bornOn }, fact }: Trigger): Answer =>
		bornOn !== undefined && fact.on >= schoolYearStart(birthday(bornOn, 14))
};
export type TriggerTest = keyof typeof TRIGGER_TESTS;

const CLOSING_TESTS = {
	/** A refusal that was taken back reopens the 20 weeks, unless the tribunal's limits took over. */
	'refusal-stands': ({ context: { facts, asOf }, closer }: Closing) =>
		!facts
			.of('assessment.refusal-reversed')
			.some(
				(reversal) =>
					reversal.on <= asOf &&
					takesBack(facts, reversal, closer) &&
					process.reversedWithoutTribunal(facts, reversal)
			),
	'calls-off-this-meeting': ({ fact, closer }: Closing) => closer.on === fact.on,
	'replaces-this-meeting': ({ context, fact, closer }: Closing) =>
		process.replacesMeeting(context.facts, fact, closer),
	'notice-is-decision': ({ context, closer }: Closing) => process.noticeIsDecision(context.facts, closer),
	'replaces-this-transfer': ({ fact, closer }: Closing) => process.replacesTransfer(fact, closer),
	'finishes-this-transfer': ({ context, fact, closer }: Closing) =>
		process.finishesTransfer(context.facts, fact, closer),
	'within-30-days': ({ fact, closer }: Closing) => closer.on <= addDays(fact.on, 30),
	'same-service': ({ fact, closer }: Closing) =>
		!fact.detail.service || !closer.detail.service || fact.detail.service === closer.detail.service
};
export type ClosingTest = keyof typeof CLOSING_TESTS;

/** These say themselves how early their event may be. */
export const SETS_OWN_WINDOW: readonly ClosingTest[] = [
	'calls-off-this-meeting',
	'replaces-this-meeting',
	'finishes-this-transfer',
	'replaces-this-transfer'
];

export function closes(test: ClosingTest, closing: Closing): boolean {
	return CLOSING_TESTS[test](closing);
}

function isFlag({ type }: Fact, detail: string): boolean {
	const shapes: Record<string, unknown> = EVENT_DETAILS[type];
	return shapes[detail] === 'flag';
}

function answerOf(condition: Condition, trigger: Trigger): Answer {
	if ('test' in condition) return TRIGGER_TESTS[condition.test](trigger);
	const value = trigger.fact.detail[condition.detail];
	if ('unset' in condition) return value !== 'yes';
	if ('not' in condition) return value === undefined || !condition.not.includes(value);
	// A flag that nobody raised is down; any other missing detail has to be asked for.
	if (value === undefined)
		return isFlag(trigger.fact, condition.detail) ? false : { needs: condition.detail };
	if ('is' in condition) return condition.is.includes(value);
	return outcomesOf(trigger.fact).some((outcome) => condition.holds.includes(outcome));
}

/** All conditions together: one that fails settles it, whatever else is missing. */
export function meets(conditions: readonly Condition[], trigger: Trigger): Answer {
	const answers = conditions.map((condition) => answerOf(condition, trigger));
	if (answers.includes(false)) return false;
	return answers.find((answer) => answer !== true) ?? true;
}
