import { ownScope } from '#contract/scope.ts';
import type { CivilDate } from '#domain/time/civil-date.ts';
import type { EventType } from '#domain/case/vocabulary.ts';

/** What may have happened last, in the order of the process: the first question of a family without a letter. */
export const HAPPENED = [
	'assessment.requested',
	'assessment.agreed',
	'assessment.refused',
	'draft.served',
	'plan.refused',
	'plan.finalised',
	'review.meeting-held'
] as const satisfies readonly EventType[];
export type Happened = (typeof HAPPENED)[number];

export type Answers = { happened: Happened | 'nothing-yet'; on: CivilDate | 'not-sure'; name: string };
type NewRow = { scope: string; t: string; id: string; v: unknown };

/**
 * The rows of a family that types its own dates: one case and, when the day is known, one event. Without the day nothing is
 * guessed: the case remembers what happened as `undated`, so that Home can ask for the day.
 */
export function typedCase(
	answers: Answers,
	ids: { caseId: string; eventId: string; profile: string },
	now: Date
): NewRow[] {
	const scope = ownScope(ids.caseId, ids.profile);
	const name = answers.name.trim();
	const dated = answers.happened !== 'nothing-yet' && answers.on !== 'not-sure';
	const undated = answers.happened !== 'nothing-yet' && answers.on === 'not-sure';
	const rows: NewRow[] = [
		{
			scope,
			t: 'case',
			id: ids.caseId,
			v: { child: name ? { givenName: name } : {}, ...(undated && { undated: answers.happened }) }
		}
	];
	if (dated) {
		rows.push({
			scope,
			t: 'event',
			id: ids.eventId,
			v: {
				type: answers.happened,
				on: answers.on,
				detail: {},
				source: { said: 'family' },
				recordedAt: now.toISOString()
			}
		});
	}
	return rows;
}
