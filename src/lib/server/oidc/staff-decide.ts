import * as z from 'zod';
import {
	CAPACITY_WORDS,
	END_REASONS,
	LIMIT_REASONS,
	LIMIT_WORDS,
	SUSPEND_REASONS,
	type StaffDecision
} from '#contract/staff/views.ts';
import { dayInLondon } from '#domain/time/instant.ts';
import { capacityFrom, capacityOf, recordCapacity } from '../access/capacity.ts';
import { endRelationship, restore, restrict, suspend, type Decided } from '../access/relationships.ts';
import { addressOf, type Call } from '../edge/caller.ts';
import type { Runtime } from '../runtime.ts';
import { takeCase } from './staff-case.ts';
import { StaffRefused } from './staff-duty.ts';

const person = z.uuid();
const ask = z.discriminatedUnion('what', [
	z.object({ what: z.literal('suspend'), person, reason: z.enum(SUSPEND_REASONS) }),
	z.object({ what: z.literal('restore'), person }),
	z.object({
		what: z.literal('limit'),
		person,
		to: z.enum(LIMIT_WORDS),
		reason: z.enum(LIMIT_REASONS)
	}),
	// The box says that it cannot be taken back here.
	z.object({ what: z.literal('end'), person, reason: z.enum(END_REASONS), sure: z.literal('yes') }),
	// The box says that a person found it out: it is never worked out from an age or a plan.
	z.object({ what: z.literal('capacity'), says: z.enum(CAPACITY_WORDS), sure: z.literal('yes') })
]);
/** What one of the forms on the case page sent. */
export type StaffAsk = z.infer<typeof ask>;
const DID: Record<StaffAsk['what'], StaffDecision> = {
	suspend: 'suspended',
	restore: 'restored',
	limit: 'limited',
	end: 'ended',
	capacity: 'recorded'
};

/**
 * Keeps a person out of a case, lets them in again, limits what they may do, ends their relationship, or records capacity. `what` is the form; the rest is the form's
 * fields as they came. Null: a reason or the box is missing, and the form is shown again. Throws StaffRefused.
 */
export async function staffDecide(
	call: Call,
	server: Runtime,
	{ ref, what, fields }: { ref: string; what: StaffAsk['what']; fields: FormData }
): Promise<StaffDecision | null> {
	const { actor, file } = await takeCase(call, server, ref);
	const read = ask.safeParse({ ...Object.fromEntries(fields), what });
	if (!read.success) {
		if (what !== 'capacity' && !person.safeParse(fields.get('person')).success)
			throw new StaffRefused('bad-request');
		return null;
	}
	const asked = read.data;
	const early = file.bornOn === null || capacityFrom(file.bornOn) > dayInLondon(new Date());
	const about = { caseScope: file.scopeId, address: addressOf(call) };
	const decided = await server.database.transact(async (tx): Promise<Decided> => {
		if (asked.what === 'capacity') {
			// Capacity is about one decision at one time (Mental Capacity Act 2005 s.2): nothing found years before says how it is then. What
			// stands already may be put right at any time.
			if (early && !(await capacityOf(tx, file.scopeId))) return { ok: false, code: 'unknown' };
			return recordCapacity(tx, actor, { ...about, says: asked.says });
		}
		const decision = { ...about, accountId: asked.person };
		if (asked.what === 'suspend') return suspend(tx, actor, { ...decision, reason: asked.reason });
		if (asked.what === 'restore') return restore(tx, actor, decision);
		if (asked.what === 'limit') {
			const to = asked.to === 'none' ? null : asked.to;
			return restrict(tx, actor, { ...decision, to, reason: asked.reason });
		}
		return endRelationship(tx, actor, { ...decision, reason: asked.reason });
	});
	if (!decided.ok && decided.code === 'not_allowed') throw new StaffRefused('not-allowed');
	// Nothing to change: a second tap, somebody else was quicker, or nobody like that is here.
	return decided.ok ? DID[asked.what] : 'unchanged';
}
