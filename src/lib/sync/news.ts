import type { Outbox } from '#store/outbox.ts';

/** Answers whether something was written since it was last asked. An answer, a change taken back and a lock are no news. */
export function newsIn(outbox: Pick<Outbox, 'items'> | undefined): () => boolean {
	const newest = () => outbox?.items().at(-1)?.mid;
	let known = newest();
	return () => {
		const before = known;
		known = newest();
		return known !== undefined && known !== before;
	};
}

/** Something never left this phone, so its person can still take it back. */
export const hasUnoffered = (outbox: Pick<Outbox, 'items'> | undefined): boolean =>
	outbox?.items().some((item) => item.state === 'waiting' && !item.offered) ?? false;
