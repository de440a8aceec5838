import type { CaseEvent } from '../case/case-event.ts';
import { type Span, isAppealable } from './span.ts';

const ANSWERS = new Set(['mediation', 'appeal', 'hearing', 'directions', 'bundle']);

/** The decision that a step towards the tribunal answers: `re` where it is named, else the newest on or before that day. */
function answered(spans: readonly Span[], e: CaseEvent): Span | undefined {
	const named = spans.find((s) => s.base?.id === e.detail['re']);
	return named ?? spans.findLast((s) => s.base !== undefined && s.base.on <= e.on) ?? spans[0];
}

/** One process for each decision that could be appealed, and for an appeal whose decision nobody has stated. */
export function appealSpans(sorted: readonly CaseEvent[]): Span[] {
	const spans: Span[] = sorted.filter(isAppealable).map((base) => ({
		kind: 'appeal',
		about: base.type,
		startedOn: base.on,
		base,
		events: [base],
		ended: false
	}));
	for (const e of sorted) {
		const isAnswer = ANSWERS.has(e.type.split('.')[0] ?? '') || e.type === 'assessment.refusal-reversed';
		if (!isAnswer) continue;
		let span = answered(spans, e);
		if (e.type === 'assessment.refusal-reversed' && span?.about !== 'assessment.refused') {
			span = spans.findLast((s) => s.about === 'assessment.refused' && s.startedOn <= e.on);
			if (!span) continue;
		}
		if (!span) spans.push((span = { kind: 'appeal', startedOn: e.on, events: [], ended: false }));
		span.events.push(e);
	}
	return spans;
}
