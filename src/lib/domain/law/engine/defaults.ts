import { factsOf, withDetails, type Fact, type Facts } from './facts.ts';
import type { CaseEvent } from '../../case/case-event.ts';
import { decisionAnswered, outcomeOfConceding } from './decisions.ts';

/** Details that have a default (law-decisions §1.10 and §2). Everything else that is missing is asked for. */
function fill(facts: Facts, fact: Fact): Fact {
	const given = (detail: Record<string, string>): Fact => ({
		...fact,
		detail: { ...detail, ...fact.detail }
	});
	switch (fact.type) {
		case 'draft.served':
		case 'plan.finalised': {
			const before = facts.of('plan.finalised').some((plan) => plan.index < fact.index && plan.on < fact.on);
			return given({ kind: before ? 'amended' : 'first' });
		}
		case 'complaint.made':
		case 'complaint.acknowledged':
		case 'complaint.answered':
			return given({ stage: '1', kind: 'council' });
		default:
			return fact;
	}
}

/** The outcome of a concession that names none is read from the decision under appeal, and marked. */
function inferOutcome(facts: Facts, fact: Fact): Fact {
	if (fact.type !== 'appeal.conceded' || fact.detail.outcome) return fact;
	const outcome = outcomeOfConceding(decisionAnswered(facts, fact));
	return outcome ? { ...fact, detail: { ...fact.detail, outcome }, inferred: outcome } : fact;
}

/** Events as the rules read them: in order, each once, defaults filled in. */
export function readFacts(events: readonly CaseEvent[]): Facts {
	const ordered = factsOf(events);
	const filled = withDetails(ordered, (fact) => fill(ordered, fact));
	return withDetails(filled, (fact) => inferOutcome(filled, fact));
}
