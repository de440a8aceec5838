import type { CaseEvent } from '../case/case-event.ts';
import type { EventType } from '../case/vocabulary.ts';
import type { CivilDate } from '../time/civil-date.ts';
import type { TrackKind } from './journey.ts';

/** The facts of one process before anything is said about them. `base` is a fact of another process that this one runs from. */
export type Span = {
	kind: TrackKind;
	about?: string;
	startedOn: CivilDate;
	base?: CaseEvent;
	events: CaseEvent[];
	ended: boolean;
};

export const has = (span: Span, ...types: EventType[]): boolean =>
	span.events.some((e) => types.includes(e.type));
export const first = (span: Span, ...types: EventType[]): CaseEvent | undefined =>
	span.events.find((e) => types.includes(e.type));
export const last = (span: Span, ...types: EventType[]): CaseEvent | undefined =>
	span.events.findLast((e) => types.includes(e.type));

/** Decisions that the family may answer with an appeal (law-decisions §3, TRIB-APPEAL-2M and CEASE-APPEAL). */
export function isAppealable(e: CaseEvent): boolean {
	if (e.type === 'review.decided')
		return e.detail['outcome'] === 'maintain' || e.detail['outcome'] === 'cease';
	return [
		'assessment.refused',
		'plan.refused',
		'reassessment.refused',
		'plan.finalised',
		'cease.decided'
	].includes(e.type);
}
