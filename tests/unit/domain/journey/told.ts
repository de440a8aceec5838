import type { CaseEvent } from '#domain/case/case-event.ts';
import type { EventType } from '#domain/case/vocabulary.ts';
import type { Actor, LawResult, Milestone, MilestoneState, RuleKind } from '#domain/law/milestone.ts';

let n = 0;
/** A fact as a council (or the family) tells it. */
export const fact = (
	type: EventType,
	on: string,
	detail: Record<string, string> = {},
	more: Partial<CaseEvent> = {}
): CaseEvent => ({
	id: `e${++n}`,
	type,
	on,
	detail,
	source: { said: 'council' },
	...more
});
export const typed = (type: EventType, on: string, detail: Record<string, string> = {}): CaseEvent =>
	fact(type, on, detail, { source: { said: 'family' } });

/** What a rule says, by hand: tests of the projection do not lean on the engine. */
export function says(
	rule: string,
	trigger: CaseEvent,
	due: string | undefined,
	more: Partial<Omit<Milestone, 'state' | 'actor' | 'kind'>> & {
		state?: MilestoneState;
		actor?: Actor;
		kind?: RuleKind;
	} = {}
): Milestone {
	const { adviser, setting } = trigger.detail;
	return {
		rule,
		version: 1,
		kind: 'statute',
		direction: more.actor === 'family' ? 'window' : 'ceiling',
		actor: 'council',
		trigger: {
			type: trigger.type,
			on: trigger.on,
			id: trigger.id,
			...(adviser ? { adviser } : {}),
			...(setting ? { setting } : {})
		},
		...(due !== undefined ? { due } : {}),
		certain: true,
		state: 'upcoming',
		exceptions: [],
		remedies: [],
		citation: [],
		alternatives: [],
		...more
	};
}

export const law = (milestones: Milestone[]): LawResult => ({
	lawAsAt: '2025-01-01',
	rules: 'by-hand',
	milestones,
	remarks: [],
	warnings: []
});
