import type { StaffDecision } from '#contract/staff/views.ts';
import { londonDay } from '#domain/time/instant.ts';
import { audit } from '../access/audit.ts';
import { can } from '../access/can.ts';
import { handOver } from '../cases/hand-over.ts';
import { holderOn, officersOf } from '../cases/officers.ts';
import { lockScope } from '../cases/scope-writer.ts';
import type { Call } from '../edge/caller.ts';
import type { Runtime } from '../runtime.ts';
import { takeCase } from './staff-case.ts';
import { lineOf, refuseView, StaffRefused } from './staff-duty.ts';

/**
 * Gives a case to another officer from today. Its messages go with it, answered or not: they belong to the case, so what waits stands on the
 * list of whoever holds it. The audit keeps who did it, when, and the row that says to whom. Throws StaffRefused.
 */
export async function staffHandOver(
	call: Call,
	server: Runtime,
	{ ref, fields }: { ref: string; fields: FormData }
): Promise<StaffDecision> {
	const { staff, actor, file } = await takeCase(call, server, ref);
	const scope = file.scopeId;
	if (!can(actor, 'decide', scope)) {
		await refuseView(call, server, { staff, action: 'hand-over', scope });
		throw new StaffRefused('not-allowed');
	}
	const [to, seen] = [fields.get('to'), fields.get('holder')];
	if (typeof to !== 'string' || to === '') return 'no-officer';
	const today = londonDay(new Date().toISOString())!;
	const did = await server.database.transact(async (tx): Promise<StaffDecision | null> => {
		await lockScope(tx, scope);
		if (!(await officersOf(tx, file.council, today)).some((officer) => officer.ref === to)) return null;
		const holder = (await holderOn(tx, scope, today))?.officerRef ?? '';
		// Somebody else was quicker: the page is shown again, as it stands now.
		if (holder === to || (typeof seen === 'string' && seen !== holder)) return 'unchanged';
		const object = await handOver(tx, scope, { to, today });
		await audit(tx, lineOf(call, staff, { action: 'hand-over', scope, object }));
		return 'handed-over';
	});
	if (did === null) throw new StaffRefused('bad-request');
	return did;
}
