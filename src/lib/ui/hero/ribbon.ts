import type { Ribbon } from '#domain/journey/journey.ts';

/** One mark of the ribbon. `gate`: a taller one, a day the law names. */
export type Mark = {
	at: number;
	past: boolean;
	now: boolean;
	over: boolean;
	gate?: Ribbon['gates'][number]['state'];
	shown?: number;
};

/** Beyond eight units past the limit the marks would crowd a phone; the last one then carries the true number. */
const MOST_OVER = 8;

/** The marks of a ribbon, first to last: up to the limit, then those past it. */
export function marksOf(ribbon: Ribbon): Mark[] {
	const over = Math.min(ribbon.past, MOST_OVER);
	const gates = new Map(ribbon.gates.map((gate) => [gate.at, gate.state]));
	const within = Array.from({ length: ribbon.of }, (_, index): Mark => {
		const at = index + 1;
		const now = ribbon.past === 0 && at === ribbon.at;
		return {
			at,
			past: at < ribbon.at,
			now,
			over: false,
			gate: gates.get(at),
			shown: gates.has(at) || at === ribbon.of ? at : undefined
		};
	});
	const beyond = Array.from({ length: over }, (_, index): Mark => {
		const last = index === over - 1;
		const at = last ? ribbon.of + ribbon.past : ribbon.of + index + 1;
		return { at, past: false, now: last, over: true, shown: last ? at : undefined };
	});
	return [...within, ...beyond];
}
