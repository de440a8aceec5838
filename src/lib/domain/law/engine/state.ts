import type { EventType } from '../../case/vocabulary.ts';
import type { MilestoneState } from '../milestone.ts';
import type { Step } from '../../time/counting.ts';
import type { Closed } from './closing.ts';
import type { Case, Dates } from './due.ts';

/** After due these make a milestone `passed`: what it prepared has happened. */
const OVERTAKES: readonly EventType[] = ['review.meeting-held', 'appeal.order'];
/** These make it moot whenever they come. */
const ALWAYS_MOOT: readonly EventType[] = ['review.meeting-cancelled', 'review.meeting-set'];
const FORWARD: readonly Step['op'][] = ['W', 'CD', 'D15i', 'M', 'WDx', 'WDi', 'WDt'];
const BACKWARD_LIMBS: readonly string[] = [
	'transfer-back-8w',
	'transfer-back-12w',
	'move-day',
	'end-of-compulsory-school',
	'end-of-year-of-25'
];

/** The state on `asOf`: done, moot, ended, unknown_calendar, then by date (law-decisions §1.1). Claims come afterwards. */
export function stateOf(of: Case, dates: Dates, closed: Closed | undefined): MilestoneState {
	if (closed) return closedState(of, dates, closed);
	if (!dates.certain) return 'unknown_calendar';
	const { due } = dates;
	const { asOf } = of.context;
	if (due === undefined) return 'upcoming';
	if (due < asOf) return of.rule.passes ? 'passed' : 'late';
	if (due === asOf) return 'due_today';
	return isForward(of) && of.fact.on > asOf ? 'not_started' : 'upcoming';
}

function closedState({ rule }: Case, { due }: Dates, { how, by }: Closed): MilestoneState {
	const inTime = due === undefined || by.on <= due;
	if (how === 'moot' && ALWAYS_MOOT.includes(by.type)) return 'moot';
	if (inTime) return how === 'done' ? 'done_on_time' : how;
	if (how === 'moot' && OVERTAKES.includes(by.type)) return 'passed';
	// A floor or a bar is behind once its day is; a window that was not used is too (law-decisions §1.1).
	if (rule.passes && !(how === 'done' && rule.direction === 'window' && by.type !== 'plan.finalised'))
		return 'passed';
	return 'done_late';
}

function isForward({ rule: { count }, spec }: Case): boolean {
	if ('combine' in count) return true;
	if ('limb' in count) return !BACKWARD_LIMBS.includes(count.limb);
	return (spec.steps ?? count.steps).every(({ op }) => FORWARD.includes(op));
}
