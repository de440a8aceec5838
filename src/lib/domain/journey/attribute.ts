import type { Milestone } from '../law/milestone.ts';
import type { KeyedMilestone, TrackKind } from './journey.ts';
import { milestoneKey } from './milestone-key.ts';
import type { Span } from './span.ts';

/** Which process a rule speaks about, by the family of its id (law.md §5). Rules of drafts and advice follow their event. */
const KINDS: [RegExp, readonly TrackKind[]][] = [
	[/^(EHCNA|RE)-(15D|ADVICE|CONSULT)|^PB-REQUEST/, ['assessment', 'reassessment', 'review']],
	[/^EHCNA-/, ['assessment']],
	[/^PROVISION-START/, ['assessment', 'reassessment']],
	[/^RE-(15D|14W)/, ['reassessment']],
	[/^(AR-|PB-REVIEW)/, ['review']],
	[/^PT-/, ['transfer']],
	[/^MOVE-/, ['move']],
	[/^(TRIB-DDA|CO-)/, ['complaint']],
	[/^(TRIB-|MED-|CEASE-APPEAL)/, ['appeal']],
	[/^HE-/, ['referral']],
	[/^INFO-/, ['records']],
	[/^SC-/, ['care']]
];

/** Rules that run from a fact of the process before: the next review from the last one, an appeal from its decision. */
const FROM_BASE = /^(AR-12M|AR-EY-6M|TRIB-APPEAL-2M|MED-CONTACT-2M|CEASE-APPEAL)$/;
/** A tribunal's order also dates the steps of the process it opens again. */
const ALSO_REOPENED = /^TRIB-R44-(2W|5W|10W|11W|14W)$/;

const isTrigger = (m: Milestone, e: { id: string; type: string; on: string }): boolean =>
	m.trigger.id !== undefined ? m.trigger.id === e.id : m.trigger.type === e.type && m.trigger.on === e.on;

export function keyed(milestones: readonly Milestone[]): KeyedMilestone[] {
	const seen = new Map<string, number>();
	return milestones
		.map((m) => {
			const key = milestoneKey(m);
			const nth = seen.get(key) ?? 0;
			seen.set(key, nth + 1);
			return { ...m, key: nth === 0 ? key : `${key}${nth}` };
		})
		.sort((a, b) =>
			(a.due ?? '9999') < (b.due ?? '9999') ? -1 : (a.due ?? '9999') > (b.due ?? '9999') ? 1 : 0
		);
}

/** What the rules say about one process. */
export function milestonesOfSpan(
	span: Span,
	spans: readonly Span[],
	milestones: readonly KeyedMilestone[]
): KeyedMilestone[] {
	const newestPlanSpan = spans.findLast((s) => s.kind === 'assessment' || s.kind === 'reassessment');
	return milestones.filter((m) => {
		if (span === newestPlanSpan && ALSO_REOPENED.test(m.rule)) return true;
		if (!KINDS.find(([ids]) => ids.test(m.rule))?.[1].includes(span.kind)) return false;
		if (FROM_BASE.test(m.rule) && (span.base || span.kind === 'review'))
			return span.base !== undefined && isTrigger(m, span.base);
		return span.events.some((e) => isTrigger(m, e));
	});
}
