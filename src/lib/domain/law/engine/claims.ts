import type { LawResult, Milestone } from '../milestone.ts';
import type { Context } from './context.ts';
import type { Fact } from './facts.ts';

type Warning = LawResult['warnings'][number];

const OPEN: readonly Milestone['state'][] = ['not_started', 'upcoming', 'due_today', 'late'];

/** Open, and on or before the claim's day: what a claim can be about. An unknown calendar keeps its own state. */
function isAbout(milestone: Milestone, claim: Fact): boolean {
	const open = OPEN.includes(milestone.state) && milestone.closedBy === undefined;
	return open && milestone.rule === claim.detail.rule && milestone.trigger.on <= claim.on;
}

/**
 * A claimed exception marks the open milestones of the rule it names, where the rule knows that exception. It never makes a
 * date (law.md §1.3); anything else about a claim is a warning.
 */
export function applyClaims(
	milestones: Milestone[],
	{ facts, asOf }: Context
): { milestones: Milestone[]; warnings: Warning[] } {
	const warnings: Warning[] = [];
	const claims = facts.of('exception.claimed').filter((claim) => claim.on <= asOf);
	const relaxed = new Set<Milestone>();
	for (const claim of claims) {
		const { rule = '', exception = '' } = claim.detail;
		const about = milestones.filter((milestone) => isAbout(milestone, claim));
		const known = about.filter((milestone) => milestone.exceptions.includes(exception));
		known.forEach((milestone) => relaxed.add(milestone));
		const warn = (message: string) =>
			warnings.push({ code: 'exception-not-applied', message, event: claim.id });
		if (!rule || !exception) warn('An exception was claimed without saying which rule and which exception.');
		else if (about.length === 0)
			warn(`No open milestone of ${rule} for the exception claimed on ${claim.on}.`);
		else if (known.length === 0) warn(`${exception} is not an exception to ${rule}; the date stands.`);
	}
	return {
		milestones: milestones.map((milestone) =>
			relaxed.has(milestone) ? { ...milestone, state: 'relaxed_claimed' } : milestone
		),
		warnings
	};
}
