import type { Receipt } from '#contract/sync/sending.ts';
import type { OutboxItem } from '#store/outbox.ts';
import type { Known } from '../open-case/rows.ts';
import { sendStateOf, type SendState } from '../open-case/sending.ts';
import { messageIn } from '../open-case/sent-args.ts';

/** One letter of the thread, from the family or from the council. */
export type Letter = {
	id: string;
	by: 'family' | 'council';
	text: string;
	/** ISO instant: the phone's own while it waits, the council's from then on. */
	at: string;
	state: SendState;
	lang?: string;
	/** The rule it was written from. */
	about?: string;
	/** Who answered, as the council wrote it. */
	name?: string;
	receipt?: Receipt;
	item?: OutboxItem;
};

const ofRow = ({ id, v }: Known<'message'>): Letter => ({
	...{ id, by: v.by, text: v.text, at: v.at },
	state: 'received',
	...(v.lang !== undefined && { lang: v.lang }),
	...(v.about !== undefined && { about: v.about }),
	...(v.name !== undefined && { name: v.name }),
	...(v.receipt !== undefined && { receipt: { no: v.receipt, at: v.at, sha256: v.sha256 ?? '' } })
});

function ofItem(item: OutboxItem): Letter[] {
	const args = messageIn(item);
	if (!args) return [];
	return [
		{
			...{ id: args.id, by: 'family' as const, text: args.text, item },
			at: item.receipt?.at ?? item.at,
			state: sendStateOf(item),
			...(args.lang !== undefined && { lang: args.lang }),
			...(args.about !== undefined && { about: args.about }),
			...(item.receipt && { receipt: item.receipt })
		}
	];
}

/**
 * Newest last; what still waits stands at the end, in the order in which it goes, whatever this phone's clock says. A message counts as
 * answered once the council wrote after it.
 */
export function threadOf(rows: readonly Known<'message'>[], items: readonly OutboxItem[]): Letter[] {
	const here = rows.map(ofRow);
	const known = new Set(here.map((one) => one.id));
	const mine = items.flatMap(ofItem).filter((one) => !known.has(one.id));
	const arrived = [...here, ...mine.filter((one) => one.state === 'received')].sort((a, b) =>
		a.at < b.at ? -1 : a.at > b.at ? 1 : a.id < b.id ? -1 : 1
	);
	const lastAnswer = arrived.findLastIndex((one) => one.by === 'council');
	return [
		...arrived.map((one, at) =>
			one.by === 'family' && at < lastAnswer ? { ...one, state: 'answered' as const } : one
		),
		...mine.filter((one) => one.state !== 'received').sort((a, b) => (a.item?.seq ?? 0) - (b.item?.seq ?? 0))
	];
}

/** How many of the newest are shown at once; the older ones are one tap away. */
export const SHOWN = 6;
