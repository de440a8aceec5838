import type { CaseEvent } from '#domain/case/case-event.ts';
import { londonDay } from '#domain/time/instant.ts';
import type { RowValue } from '#contract/rows.ts';
import type {
	StaffCase,
	StaffHandOver,
	StaffInvited,
	StaffPerson,
	StaffSpell
} from '#contract/staff/views.ts';
import { staffActor } from '../access/actor.ts';
import { audit } from '../access/audit.ts';
import { can, limitsFor, RESTRICTIONS, type StaffActor } from '../access/can.ts';
import { capacityFrom, capacityOf } from '../access/capacity.ts';
import { linkedPeople } from '../access/relationships.ts';
import { rightsDay } from '../access/young-person.ts';
import { findCase, type CaseFile } from '../cases/case-files.ts';
import { eventsOf } from '../cases/case-events.ts';
import { holderOn, officersOf } from '../cases/officers.ts';
import { rowsOf } from '../cases/scope-writer.ts';
import type { Tx } from '../db/transaction.ts';
import type { Call } from '../edge/caller.ts';
import type { Runtime } from '../runtime.ts';
import { lineOf, refuseView, requireStaff, StaffRefused, topOf, type OnDuty } from './staff-duty.ts';
import { sentTo } from './staff-sent.ts';

/** A case and the actor who asks for it, once `can` has said yes. */
export type CaseInHand = { staff: OnDuty; actor: StaffActor; file: CaseFile };

/**
 * The case with this reference, as this person may see it. Another council's, a suppressed one and one that is not there
 * are the same answer. Throws StaffRefused; every refusal is written down, with the case where it is this council's: another
 * council's reference, and one that is nobody's, show somebody who tries numbers.
 */
export async function takeCase(call: Call, server: Runtime, ref: string): Promise<CaseInHand> {
	const staff = await requireStaff(call, server);
	const { acting, staffId } = staff;
	const readable = ref.length <= 80 && !/\p{Cc}/u.test(ref);
	const { file, actor } = await server.database.transact(
		async (tx) => {
			const file = readable ? await findCase(tx, acting.council, ref) : null;
			return { file, actor: await staffActor(tx, { staffId, ...acting }, file ? [file.scopeId] : []) };
		},
		{ readOnly: true }
	);
	if (file && can(actor, 'read', file.scopeId)) return { staff, actor, file };
	const scope = file ? { scope: file.scopeId } : {};
	await refuseView(call, server, { staff, action: 'case-read', ...scope });
	throw new StaffRefused(file && !file.suppressed ? 'not-allowed' : 'not-found');
}

/** Everything the staff page shows of a case. Each view is written into the audit, which the family can read. */
export async function staffCase(call: Call, server: Runtime, ref: string): Promise<StaffCase> {
	const { staff, actor, file } = await takeCase(call, server, ref);
	const today = londonDay(new Date().toISOString())!;
	const before = call.url.searchParams.get('before') ?? '';
	return server.database.transact(async (tx) => {
		const mayDecide = can(actor, 'decide', file.scopeId);
		const view: StaffCase = {
			top: await topOf(tx, staff),
			ref: file.caseRef,
			child: await childOf(tx, file),
			events: await factsOf(tx, file.scopeId),
			officers: await spellsOf(tx, file.scopeId),
			handOver: mayDecide ? await handOverOf(tx, file, today) : null,
			...(await peopleOf(tx, file.scopeId)),
			...(await sentTo(tx, actor, { file, before })),
			rightsOn: file.bornOn && rightsDay(file.bornOn),
			capacity: await saidOfCapacity(tx, file.scopeId),
			today,
			mayDecide,
			capacityFrom: file.bornOn && capacityFrom(file.bornOn)
		};
		await audit(tx, lineOf(call, staff, { action: 'case-read', scope: file.scopeId }));
		return view;
	});
}

export async function childOf(tx: Tx, file: CaseFile): Promise<StaffCase['child']> {
	const row = (await rowsOf(tx, file.scopeId, 'case'))[0];
	const { givenName, familyName } = (row?.v as RowValue<'case'> | undefined)?.child ?? {};
	const name = [givenName, familyName].filter(Boolean).join(' ') || null;
	return { name, givenName: givenName ?? null, bornOn: file.bornOn };
}

export async function factsOf(tx: Tx, scopeId: string): Promise<CaseEvent[]> {
	const facts = await eventsOf(tx, scopeId);
	return facts
		.map(({ id, type, on, detail, source, note }) => ({
			id,
			type,
			on,
			detail,
			...(source && { source: { said: source.said } }),
			...(note !== undefined && { note })
		}))
		.sort((a, b) => (a.on < b.on ? 1 : a.on > b.on ? -1 : a.id < b.id ? -1 : 1));
}

async function spellsOf(tx: Tx, scopeId: string): Promise<StaffSpell[]> {
	const people = (await rowsOf(tx, scopeId, 'person')).map((row) => row.v as RowValue<'person'>);
	return people
		.map(({ name, team, from, until }) => ({
			name,
			...(team && { team }),
			...(from && { from }),
			...(until && { until })
		}))
		.sort((a, b) => ((a.from ?? '') < (b.from ?? '') ? 1 : -1));
}

async function handOverOf(tx: Tx, { council, scopeId }: CaseFile, today: string): Promise<StaffHandOver> {
	const holder = (await holderOn(tx, scopeId, today))?.officerRef ?? null;
	return { holder, officers: await officersOf(tx, council, today) };
}

async function saidOfCapacity(tx: Tx, scopeId: string): Promise<StaffCase['capacity']> {
	const newest = await capacityOf(tx, scopeId);
	return newest ? { says: newest.says, at: newest.at.toISOString() } : null;
}

/** Those tied to the case, with the name the roster gives them, and those on the roster who have not signed in. */
async function peopleOf(
	tx: Tx,
	scopeId: string
): Promise<{ people: StaffPerson[]; invited: StaffInvited[] }> {
	const linked = await linkedPeople(tx, scopeId);
	const roster = await tx
		.selectFrom('guardian')
		.select(['guardian_ref as ref', 'name', 'role', 'left_at as left'])
		.where('scope_id', '=', scopeId)
		.orderBy('guardian_ref')
		.execute();
	const known = new Set(linked.map((person) => person.guardianRef));
	return {
		people: linked.map(({ accountId, name, role, from, until, restrictions, hold }) => ({
			accountId,
			name,
			role,
			from: from.toISOString(),
			until: until?.toISOString() ?? null,
			hold: hold && { reason: hold.reason, placedAt: hold.placedAt.toISOString() },
			limit: RESTRICTIONS.find((word) => restrictions.includes(word)) ?? null,
			limits: [...limitsFor(role)]
		})),
		invited: roster
			.filter(({ ref, left }) => left === null && !known.has(ref))
			.map(({ name, role }) => ({ name, role }))
	};
}
