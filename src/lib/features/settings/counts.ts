import type { OutboxItem } from '#store/outbox.ts';
import type { Family } from '../open-case/projection.ts';

/** What lies on this phone, in things a parent would count. `onlyHere`: what a removal would lose for good. */
export type Counts = {
	children: number;
	council: number;
	typed: number;
	people: number;
	records: number;
	onlyHere: number;
};

/** `items`: what is on its way to the council; until it is there, it is only here. */
export function countsOf(family: Family | undefined, items: readonly OutboxItem[] = []): Counts {
	if (!family) return { children: 0, council: 0, typed: 0, people: 0, records: 0, onlyHere: 0 };
	const { known, children } = family;
	const typed = known.event.filter((row) => row.local).length;
	const people = known.person.filter((row) => row.local).length;
	return {
		children: children.length,
		council: known.event.filter((row) => !row.local).length,
		typed,
		people,
		records: known.record.length,
		onlyHere:
			typed +
			people +
			known.record.length +
			known.case.filter((row) => row.local).length +
			known.draft.filter((row) => row.v.sent === undefined).length +
			items.filter((item) => item.state !== 'received').length
	};
}
