import * as z from 'zod';
import { sentText } from '#contract/sent.ts';
import type { StaffWholeThread } from '#contract/staff/views.ts';
import { audit } from '../access/audit.ts';
import type { Call } from '../edge/caller.ts';
import type { Runtime } from '../runtime.ts';
import { childOf, factsOf, takeCase } from './staff-case.ts';
import { lineOf, StaffRefused } from './staff-duty.ts';
import { isMessage, sentByPerson, threadOf } from './staff-sent.ts';

const account = z.uuid();

/** One person's messages and every answer, whole, for a file. Written into the audit as a look at the case. Throws StaffRefused. */
export async function staffThread(
	call: Call,
	server: Runtime,
	{ ref, person }: { ref: string; person: string }
): Promise<StaffWholeThread> {
	const { staff, actor, file } = await takeCase(call, server, ref);
	const asked = account.safeParse(person.toLowerCase());
	const shown = await server.database.transact(async (tx) => {
		const sent = await sentByPerson(tx, actor, file);
		const found = sent.find((one) => one.person.accountId === asked.data);
		if (!found) return null;
		const whole: StaffWholeThread = {
			ref: file.caseRef,
			child: await childOf(tx, file),
			thread: threadOf(found),
			events: await factsOf(tx, file.scopeId),
			proofs: Object.fromEntries(
				found.rows
					.filter(isMessage)
					.flatMap(({ id, v }) => (v.sha256 ? [[id, { sha256: v.sha256, text: sentText(id, v) }]] : []))
			)
		};
		await audit(
			tx,
			lineOf(call, staff, { action: 'case-read', scope: file.scopeId, object: found.person.accountId })
		);
		return whole;
	});
	if (!shown) throw new StaffRefused('not-found');
	return shown;
}
