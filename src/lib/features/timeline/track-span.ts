import type { Journey, Track } from '#domain/journey/journey.ts';
import type { CivilDate } from '#domain/time/civil-date.ts';

/** From the request to the last day of an assessment: the sentence above its timeline. Other tracks have no one limit. */
export function spanOf(track: Track, journey: Journey): { from: CivilDate; to: CivilDate } | undefined {
	if (track.kind !== 'assessment') return undefined;
	const keys = new Set(track.steps.flatMap((step) => step.milestones.map((m) => m.key)));
	const final = journey.milestones.find((m) => m.rule === 'EHCNA-20W-FINAL' && keys.has(m.key));
	return final?.due ? { from: final.trigger.on, to: final.due } : undefined;
}

/** The day the weeks of an assessment are counted from: the request. Unknown, then no week is said. */
export const countedFrom = (track: Track): CivilDate | undefined =>
	track.kind === 'assessment' && track.ribbon
		? (track.steps.flatMap((step) => step.milestones).find((m) => m.rule === 'EHCNA-20W-FINAL')?.trigger.on ??
			track.startedOn)
		: undefined;
