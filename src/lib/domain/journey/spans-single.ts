import type { CaseEvent } from '../case/case-event.ts';
import { addDays } from '../time/civil-date.ts';
import type { TrackKind } from './journey.ts';
import type { Span } from './span.ts';

type Grouping = {
	kind: TrackKind;
	starts: RegExp;
	follows: RegExp;
	about: (e: CaseEvent) => string | undefined;
};

/** Processes that one event starts and others of the same `about` follow. */
const GROUPINGS: Grouping[] = [
	{ kind: 'transfer', starts: /^transfer\.expected$/, follows: /^$/, about: (e) => e.detail['phase'] },
	{ kind: 'move', starts: /^area\.move-known$/, follows: /^area\.moved$/, about: () => undefined },
	{
		kind: 'complaint',
		starts: /^complaint\.made$/,
		follows: /^complaint\.(acknowledged|answered)$/,
		about: (e) => complaintAbout(e)
	},
	{
		kind: 'referral',
		starts: /^referral\.made$/,
		follows: /^(referral\.accepted|appointment\.|therapy\.)/,
		about: (e) => e.detail['service']
	},
	{ kind: 'records', starts: /^records\.requested$/, follows: /^$/, about: (e) => e.detail['kind'] },
	{ kind: 'care', starts: /^care\.referred$/, follows: /^$/, about: () => undefined }
];

const complaintAbout = (e: CaseEvent): string =>
	`${e.detail['kind'] ?? 'council'}-${e.detail['stage'] ?? '1'}`;

/** The newest transfer of the same year replaces the one before it (law-decisions §3, PT-15FEB). */
const replaces = (kind: TrackKind, a: CaseEvent, b: CaseEvent): boolean =>
	kind === 'transfer' && a.detail['startsOn']?.slice(0, 4) === b.detail['startsOn']?.slice(0, 4);

function grouped(g: Grouping, sorted: readonly CaseEvent[]): Span[] {
	const spans: Span[] = [];
	const begin = (e: CaseEvent): Span => {
		const about = g.about(e);
		const span: Span = {
			kind: g.kind,
			startedOn: e.on,
			events: [e],
			ended: false,
			...(about !== undefined ? { about } : {})
		};
		spans.push(span);
		return span;
	};
	for (const e of sorted) {
		if (g.starts.test(e.type)) {
			const older = spans.findIndex((s) => s.events[0] !== undefined && replaces(g.kind, s.events[0], e));
			if (older >= 0) spans.splice(older, 1);
			begin(e);
		} else if (g.follows.test(e.type)) {
			const known = spans.findLast((s) => s.about === g.about(e));
			if (known) known.events.push(e);
			else begin(e);
		}
	}
	return spans;
}

/** The reviews and plans that settle a transfer: from a year before the move until it (PT-15FEB looks 12 months back). */
function withPlanWork(span: Span, sorted: readonly CaseEvent[]): Span {
	const startsOn = span.events[0]?.detail['startsOn'] ?? addDays(span.startedOn, 365);
	const from = addDays(startsOn, -548);
	const settle =
		/^(review\.(meeting-held|meeting-set|amendment-notice|decided)|draft\.served|plan\.finalised)$/;
	const met = sorted.findLast((e) => e.type === 'review.meeting-held' && e.on >= from && e.on <= startsOn);
	const work = sorted.filter(
		(e) => settle.test(e.type) && met !== undefined && e.on >= met.on && e.on <= startsOn
	);
	const ahead = sorted.filter(
		(e) => e.type === 'review.meeting-set' && e.on >= from && (met === undefined || e.on > met.on)
	);
	return { ...span, events: [...span.events, ...work, ...ahead] };
}

/** A problem nobody has complained about yet still has a last day for the Ombudsman and the court. */
function problemSpans(sorted: readonly CaseEvent[]): Span[] {
	return sorted
		.filter((e) => e.type === 'problem.known')
		.map((e) => ({ kind: 'complaint', about: 'problem', startedOn: e.on, events: [e], ended: false }));
}

export function singleSpans(sorted: readonly CaseEvent[]): Span[] {
	const spans = GROUPINGS.flatMap((g) => grouped(g, sorted));
	return [
		...spans.map((s) => (s.kind === 'transfer' ? withPlanWork(s, sorted) : s)),
		...problemSpans(sorted)
	];
}
