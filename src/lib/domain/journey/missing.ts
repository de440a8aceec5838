import { EVENT_TYPES, type EventType } from '../case/vocabulary.ts';
import type { Milestone } from '../law/milestone.ts';
import type { Journey, Step, Track } from './journey.ts';
import { countsAsLate, seldomTold } from './plan.ts';
import { PLANS } from './plans/plans.ts';

type Missing = Journey['missing'][number];

/** Steps that later ones have overtaken while a legal date of theirs is still open: the day exists, nobody has stated it. */
function overtakenIn(track: Track): Missing[] {
	const plans = PLANS[track.kind].steps;
	return track.steps.flatMap((step): Missing[] => {
		if (step.state !== 'done' || step.on !== undefined) return [];
		const late = step.milestones.find((m) => countsAsLate(m));
		const type = plans.find((p) => p.key === step.key)?.doneBy[0];
		return late && type ? [{ field: 'on', type, rule: late.rule }] : [];
	});
}

const INVITED: Record<string, EventType> = {
	'AR-NOTICE-2W': 'review.invited',
	'AR-PAPERS-2W': 'review.papers-sent'
};

/** The invitation and the papers of a meeting that is still ahead, once their day is past and nobody said they came. */
function untold(track: Track): Missing[] {
	const meeting = track.steps.find((s) => s.key === 'review.meeting' && s.here === true);
	return (meeting?.milestones ?? []).flatMap((m): Missing[] => {
		const type = INVITED[m.rule];
		return type && seldomTold(m) && m.state === 'late' ? [{ field: 'on', type, rule: m.rule }] : [];
	});
}

/** Without the day of the request none of the limits of an assessment can be counted. */
function startOf(track: Track): Missing[] {
	const begun = (key: string) =>
		track.steps.some((s: Step) => s.key === key && s.state === 'done' && s.on === undefined);
	if (track.endedOn !== undefined) return [];
	if (track.kind === 'assessment' && begun('assessment.requested'))
		return [{ field: 'on', type: 'assessment.requested', rule: 'EHCNA-20W-FINAL' }];
	return [];
}

const SETTLED: ReadonlySet<string> = new Set(['moot', 'ended', 'passed', 'done_on_time', 'done_late']);
const isEventType = (type: string): type is EventType => (EVENT_TYPES as readonly string[]).includes(type);

/** What would settle a date and nobody has said: asked for, never guessed (promise 3). */
export function missingIn(tracks: readonly Track[], milestones: readonly Milestone[]): Missing[] {
	const needs = milestones.flatMap((m): Missing[] => {
		if (m.needs === undefined || SETTLED.has(m.state)) return [];
		if (m.needs === 'bornOn') return [{ field: 'bornOn', rule: m.rule }];
		const { id, type } = m.trigger;
		return [
			{
				field: m.needs,
				...(id !== undefined ? { event: id } : {}),
				...(isEventType(type) ? { type } : {}),
				rule: m.rule
			}
		];
	});
	const all = [
		...tracks.flatMap(startOf),
		...tracks.flatMap(overtakenIn),
		...tracks.flatMap(untold),
		...needs
	];
	const name = (m: Missing): string => `${m.field} ${m.event ?? ''} ${m.type ?? ''}`;
	return all.filter((m, i) => all.findIndex((o) => name(o) === name(m)) === i);
}
