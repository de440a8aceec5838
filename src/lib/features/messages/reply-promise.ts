import type { RowValue } from '#contract/rows.ts';
import type { Known } from '../open-case/rows.ts';

export type ReplyPromise = NonNullable<RowValue<'council'>['promises']>[string];

/** What the child's council says about how long an answer takes, in working days as its other promises are. Nothing stated: nothing. */
export function replyPromise(
	councils: readonly Known<'council'>[],
	council: string | undefined
): ReplyPromise | undefined {
	const stated = councils.find((row) => row.id === council)?.v.promises?.['MESSAGE-REPLY'];
	// A number that no day can be counted by is no promise.
	return stated && Number.isInteger(stated.days) && stated.days > 0 ? stated : undefined;
}
