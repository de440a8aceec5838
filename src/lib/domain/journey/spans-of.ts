import type { CaseEvent } from '../case/case-event.ts';
import { byStory } from './order.ts';
import { appealSpans } from './spans-appeal.ts';
import { singleSpans } from './spans-single.ts';
import { type Span, first, has, last } from './span.ts';

/** What is open while the facts are read in order. */
type Reading = { spans: Span[]; planSeen: boolean; base: CaseEvent | undefined };

const newest = (r: Reading, kind: Span['kind']): Span | undefined => r.spans.findLast((s) => s.kind === kind);
const open = (r: Reading, kind: Span['kind']): Span | undefined =>
	r.spans.findLast((s) => s.kind === kind && !s.ended);

function start(r: Reading, kind: Span['kind'], e: CaseEvent): Span {
	const span: Span = { kind, startedOn: e.on, events: [], ended: false };
	r.spans.push(span);
	return span;
}
/** A review year runs from its base; without one known it starts at the first thing told about it. */
function startReview(r: Reading, e: CaseEvent): Span {
	const span = start(r, 'review', r.base ?? e);
	if (r.base) span.base = r.base;
	return span;
}
/** An amendment outside the review year runs beside it and never moves the date of the next review (reg 28). */
const OUTSIDE = 'outside';
const isOutside = (e: CaseEvent): boolean =>
	e.type === 'review.amendment-notice' && e.detail['outside'] === 'yes';
const review = (r: Reading, e: CaseEvent): Span =>
	r.spans.findLast((s) => s.kind === 'review' && !s.ended && s.about !== OUTSIDE) ?? startReview(r, e);
/** What a draft's answer or an amended plan closes: an open amendment outside the review first. */
const amending = (r: Reading, e: CaseEvent): Span =>
	r.spans.findLast((s) => s.kind === 'review' && !s.ended && s.about === OUTSIDE) ?? review(r, e);
const assessing = (r: Reading, e: CaseEvent): Span =>
	open(r, 'reassessment') ?? newest(r, 'assessment') ?? start(r, 'assessment', e);

/** A draft or a consultation belongs to the process that is writing a plan: a reassessment first, a first plan, else a review. */
function drafting(r: Reading, e: CaseEvent): Span {
	const reassessment = open(r, 'reassessment');
	if (reassessment) return reassessment;
	const amended = e.detail['kind'] === 'amended' || (e.detail['kind'] === undefined && r.planSeen);
	return amended ? amending(r, e) : (open(r, 'assessment') ?? start(r, 'assessment', e));
}

/** The fact from which the next review is counted (AR-12M): the first plan, then each decision, or the notice that stands for one. */
function concludeReview(r: Reading, span: Span, e: CaseEvent): void {
	span.ended = true;
	r.base = last(span, 'review.decided') ?? first(span, 'review.amendment-notice') ?? e;
	if (e.type !== 'plan.ceased') startReview(r, e);
}

function finalise(r: Reading, e: CaseEvent): void {
	const amended = e.detail['kind'] === 'amended' || (e.detail['kind'] === undefined && r.planSeen);
	const span = open(r, 'reassessment') ?? (amended ? amending(r, e) : open(r, 'assessment'));
	r.planSeen = true;
	if (span?.kind === 'review') {
		span.events.push(e);
		if (span.about === OUTSIDE) span.ended = true;
		else if (has(span, 'review.meeting-held', 'review.decided', 'review.amendment-notice'))
			concludeReview(r, span, e);
		return;
	}
	if (span) {
		span.events.push(e);
		span.ended = true;
	}
	r.base ??= e;
	if (!open(r, 'review')) startReview(r, e);
}

function read(r: Reading, e: CaseEvent): void {
	const room = e.type.split('.')[0];
	if (e.type === 'assessment.requested' || e.type === 'responsibility.began')
		(open(r, 'assessment') ?? start(r, 'assessment', e)).events.push(e);
	else if (room === 'assessment') {
		const span = newest(r, 'assessment') ?? start(r, 'assessment', e);
		span.events.push(e);
		span.ended = e.type === 'assessment.refused';
	} else if (room === 'reassessment') {
		const span = open(r, 'reassessment') ?? start(r, 'reassessment', e);
		span.events.push(e);
		span.ended = e.type === 'reassessment.refused';
	} else if (room === 'advice') assessing(r, e).events.push(e);
	else if (e.type === 'plan.refused') {
		const span = assessing(r, e);
		span.events.push(e);
		span.ended = true;
	} else if (room === 'draft' || room === 'setting') drafting(r, e).events.push(e);
	else if (e.type === 'plan.finalised') finalise(r, e);
	else if (isOutside(e)) {
		const span = start(r, 'review', e);
		span.about = OUTSIDE;
		span.events.push(e);
	} else if (room === 'review' || room === 'cease' || room === 'payment') {
		const span = review(r, e);
		span.events.push(e);
		if (e.type === 'review.decided' && e.detail['outcome'] === 'maintain') concludeReview(r, span, e);
	} else if (e.type === 'plan.ceased') {
		const span = review(r, e);
		span.events.push(e);
		for (const s of r.spans) s.ended ||= s.kind !== 'assessment';
		// What is told after a plan has ended belongs to a new one.
		r.base = undefined;
		r.planSeen = false;
	} else if (e.type === 'appeal.order' || e.type === 'appeal.conceded') reopen(r, e);
}

/** A tribunal's order, or the council giving way, opens again the process that a refusal had ended. */
function reopen(r: Reading, e: CaseEvent): void {
	const outcome = e.detail['outcome'] ?? '';
	const span = newest(r, /reassess/.test(outcome) ? 'reassessment' : 'assessment');
	const inferred =
		outcome === '' && e.type === 'appeal.conceded' && span && has(span, 'assessment.refused', 'plan.refused');
	if (
		span &&
		(inferred || /(^|,)\s*(assess|reassess|make-plan)\b/.test(outcome)) &&
		!has(span, 'plan.finalised')
	)
		span.ended = false;
}

/**
 * Sorts the facts of one child into processes that may run side by side. `facts` holds one event for each fact
 * (merge-sources.ts). Reviews follow each other: the next one starts where the last was concluded.
 */
export function spansOf(facts: readonly CaseEvent[]): Span[] {
	const sorted = [...facts].sort(byStory);
	const r: Reading = { spans: [], planSeen: false, base: undefined };
	for (const e of sorted) read(r, e);
	return [...r.spans, ...appealSpans(sorted), ...singleSpans(sorted)];
}
