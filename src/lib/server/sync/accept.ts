import { scopeKind } from '#contract/scope.ts';
import type { Ack, Rejection, Stop } from '#contract/sync/push.ts';
import { HANDLERS } from './handlers.ts';
import type { Mutation, RowStore } from './row-store.ts';

export type Accepted = { ack: Ack } | { stop: Stop };

/**
 * Settles one mutation of a phone: exactly once, in the phone's own order, and never so that the next one is held up by it
 * (sync-and-security §2.5). No input or output of its own: the model runs it over memory, the server over SQL. Call it inside one
 * transaction, and answer only after that has committed.
 */
export async function accept(store: RowStore, one: Mutation): Promise<Accepted> {
	const { mid, seq } = one;
	const before = await store.settled(mid);
	const lastSeq = await store.lastSeq();
	// The answer was lost on the way, or the phone numbers anew: what was said once is said again, under the number asked about.
	if (before && before.hash === one.hash) {
		if (seq === lastSeq + 1) await store.pass(seq);
		return { ack: { ...before.ack, seq } };
	}
	if (seq <= lastSeq) return { stop: { code: 'device_fork' } };
	if (seq > lastSeq + 1) return { stop: { code: 'gap', expected: lastSeq + 1 } };
	if (before) {
		await store.pass(seq);
		return { ack: refused(one, 'mid_reuse') };
	}
	const { ack, touched } = await judge(store, one);
	await store.settle({ ...one, ack, touched });
	return { ack };
}

const refused = ({ mid, seq }: Mutation, code: Rejection): Ack => ({ mid, seq, status: 'rejected', code });

async function judge(store: RowStore, one: Mutation) {
	const no = (code: Rejection) => ({ ack: refused(one, code), touched: null });
	if (!store.mayWrite(one.scope)) return no('not_allowed');
	const handler = Object.hasOwn(HANDLERS, one.name) ? HANDLERS[one.name] : undefined;
	if (!handler) return no('unknown_name');
	if (!handler.in.has(scopeKind(one.scope)!)) return no('not_allowed');
	const outcome = await handler.run(store, one);
	if ('reject' in outcome) return no(outcome.reject);
	const { row, fields = [], beside = [], receipt } = outcome;
	const { mid, seq, scope } = one;
	const done: Ack = {
		mid,
		seq,
		status: 'done',
		...(beside.length > 0 && { beside: [...beside] }),
		...(receipt && { receipt })
	};
	// Nothing to write: it stands already as the phone wants it.
	if (!row) return { ack: done, touched: null };
	const ver = await store.write(scope, [row]);
	return { ack: { ...done, ver }, touched: { t: row.t, id: row.id, fields } };
}
