import type { StaffTop } from '#contract/staff/views.ts';
import { audit, type AuditDraft } from '../access/audit.ts';
import { councils } from '../cases/councils.ts';
import type { Tx } from '../db/transaction.ts';
import { addressOf, type Call } from '../edge/caller.ts';
import type { Runtime } from '../runtime.ts';
import { cookieOf, dropCookie, putCookie } from './cookies.ts';
import type { StaffGrant } from './provider.ts';
import {
	chooseCouncil,
	endStaffSession,
	readStaffSession,
	STAFF_WHOLE_MS,
	type StaffSession
} from './staff-session.ts';

/** Why a staff page is not shown. The route turns it into a step or a status. */
export type OffDuty = 'signed-out' | 'choose-council' | 'not-allowed' | 'not-found' | 'bad-request';
export class StaffRefused extends Error {
	readonly why: OffDuty;
	constructor(why: OffDuty) {
		super(why);
		this.why = why;
	}
}

export type OnDuty = StaffSession & { acting: StaffGrant };

/** The staff session of a call, or null. */
export async function staffOf(call: Call, { database }: Runtime): Promise<StaffSession | null> {
	const token = cookieOf(call, 'staff');
	return token ? database.transact((tx) => readStaffSession(tx, token, new Date())) : null;
}

/** Somebody who acts for one council. Throws StaffRefused. Every staff page and every form begins here. */
export async function requireStaff(call: Call, server: Runtime): Promise<OnDuty> {
	const session = await staffOf(call, server);
	if (!session) throw new StaffRefused('signed-out');
	if (!session.acting) throw new StaffRefused('choose-council');
	return { ...session, acting: session.acting };
}

/** Ends the session of this browser. Ending what has ended already is no fault. */
export async function staffSignOut(call: Call, server: Runtime): Promise<void> {
	const token = cookieOf(call, 'staff');
	dropCookie(call, 'staff');
	if (!token) return;
	await server.database.transact(async (tx) => {
		const session = await readStaffSession(tx, token, new Date());
		if (!session) return;
		await endStaffSession(tx, token, new Date());
		await audit(tx, lineOf(call, session, { action: 'sign-out' }));
	});
}

/** The councils a session may act for. Throws StaffRefused `signed-out`. */
export async function staffCouncils(call: Call, server: Runtime): Promise<{ code: string; name: string }[]> {
	const session = await staffOf(call, server);
	if (!session) throw new StaffRefused('signed-out');
	const known = await server.database.transact((tx) => councils(tx), { readOnly: true });
	return session.grants.map(({ council }) => ({ code: council, name: nameOf(known, council) }));
}

/** Acts for one of them from now on. Throws StaffRefused. */
export async function staffChoose(call: Call, server: Runtime, council: string): Promise<void> {
	const token = cookieOf(call, 'staff');
	const next = token
		? await server.database.transact((tx) => chooseCouncil(tx, token, { council, now: new Date() }))
		: null;
	if (!next) throw new StaffRefused(token ? 'bad-request' : 'signed-out');
	putCookie(call, 'staff', { value: next, maxAge: STAFF_WHOLE_MS / 1000 });
}

/** What stands on top of every staff page. */
export async function topOf(tx: Tx, { name, acting, grants }: OnDuty): Promise<StaffTop> {
	const code = acting.council;
	return { name, council: { code, name: nameOf(await councils(tx), code) }, several: grants.length > 1 };
}

/** A council whose first import is still to come has no name yet. */
const nameOf = (known: { code: string; name: string }[], code: string) =>
	known.find((one) => one.code === code)?.name ?? code;

/** A line of the audit about what this person did. */
export const lineOf = (
	call: Call,
	{ staffId, acting }: StaffSession,
	line: Pick<AuditDraft, 'action' | 'scope' | 'object' | 'outcome' | 'reason'>
): AuditDraft => ({
	...line,
	actor: { id: staffId, role: acting?.role ?? 'staff' },
	address: addressOf(call)
});

/** Writes down, in a transaction of its own, that somebody was not shown what they asked for. */
export async function refuseView(
	call: Call,
	{ database }: Runtime,
	{ staff, ...asked }: Pick<AuditDraft, 'action' | 'scope'> & { staff: StaffSession }
): Promise<void> {
	const line = { ...asked, outcome: 'refused', reason: 'not-allowed' } as const;
	await database.transact((tx) => audit(tx, lineOf(call, staff, line)));
}
