import type { PushedMutation } from '#contract/sync/push.ts';
import type { OutboxRow } from '../db.ts';
import type { Opened } from '../keys/sealer.ts';
import type { OutboxItem, OutboxState } from '../outbox.ts';

/** What is sealed: the mutation's arguments and the shape they are written in. */
export type Words = { sv: number; args: unknown };

/** The name of a mutation that changes nothing: it keeps the number of one that was taken back. */
export const EMPTY = 'none';
/** The words of it do not open any more, and it could not be sent without opening them. Never a word of the server's. */
export const DAMAGED = 'damaged';

/** An empty mutation has no words to keep, whatever was said to it. */
export const stateOf = ({ name, ack }: Pick<OutboxRow, 'name' | 'ack'>): OutboxState =>
	!ack ? 'waiting' : ack.status === 'done' || name === EMPTY ? 'received' : 'tray';

/** Null where the words did not open, or are another row's. */
export function wordsOf({ mid, own }: OutboxRow, opened: Opened): Words | null {
	const v = opened?.v;
	if (own.id !== mid || typeof v !== 'object' || v === null || !('args' in v)) return null;
	return v as Words;
}

/** As a person sees it; null for what keeps a number and says nothing. */
export function itemOf(row: OutboxRow, words: Words | null): OutboxItem | null {
	if (row.name === EMPTY) return null;
	const { mid, seq, scope, name, at, offered, ack } = row;
	const receipt = ack?.receipt ?? row.receipt;
	return {
		mid,
		seq,
		scope,
		name,
		args: words?.args ?? null,
		at,
		state: stateOf(row),
		offered,
		unsealed: !ack && !row.envelope,
		...(ack?.code === undefined ? {} : { code: ack.code }),
		...(receipt && { receipt }),
		...(ack && { answeredAt: ack.answeredAt })
	};
}

/** As it goes over the wire; null when the server could not read it: one such would have the whole request refused. */
export function mutationOf({ mid, seq, scope, name, envelope }: OutboxRow): PushedMutation | null {
	const whole =
		UUID.test(mid) &&
		Number.isInteger(seq) &&
		seq > 0 &&
		scope.length <= 120 &&
		/^[a-z][a-z.-]{0,39}$/.test(name);
	return whole && envelope && isWhole(envelope) ? { mid, seq, scope, name, envelope } : null;
}

const UUID = /^[\da-f]{8}-[\da-f]{4}-[1-8][\da-f]{3}-[89ab][\da-f]{3}-[\da-f]{12}$/i;
/** As `contract/access/quarantine.ts` has it, written without the shapes, which are not fetched while a phone opens. */
const isWhole = ({ v, kid, epk, iv, ct }: NonNullable<OutboxRow['envelope']>) =>
	v === 1 &&
	UUID.test(kid) &&
	/^[\w-]{87}$/.test(epk) &&
	/^[\w-]{16}$/.test(iv) &&
	/^[\w-]{22,350000}$/.test(ct);
