import type { OidcDid } from '#contract/access/oidc.ts';
import { audit, type AuditDraft } from '../access/audit.ts';
import { tellPhones } from '../access/notices.ts';
import { signIn } from '../access/sign-in.ts';
import { addressOf, sessionOf, type Call } from '../edge/caller.ts';
import type { Runtime } from '../runtime.ts';
import { cookieOf, putCookie } from './cookies.ts';
import { accountOf, identityKey, linkIdentity } from './identities.ts';
import { SignInRefused, type SignInRefusal } from './refused.ts';
import { arrive, type Arrived } from './sign-in.ts';
import { grantsOf } from './staff-grants.ts';
import { startStaffSession, STAFF_WHOLE_MS } from './staff-session.ts';

/** GET /sign-in/{provider}/callback: where the person goes next. Throws SignInRefused; nothing is signed in then. */
export async function answerCallback(call: Call, server: Runtime, providerId: string): Promise<string> {
	try {
		const arrived = await arrive(call, server, providerId);
		const { purpose } = arrived.flow;
		if (purpose === 'staff') return await staff(call, server, arrived);
		return await (purpose === 'link' ? link : family)(call, server, arrived);
	} catch (problem) {
		if (problem instanceof SignInRefused) await writeDown(call, server, problem.why);
		throw problem;
	}
}

const backTo = ({ provider }: Arrived, did: OidcDid) => `/app/sign-in?from=${provider.id}&did=${did}`;

async function family(call: Call, server: Runtime, arrived: Arrived): Promise<string> {
	const { flow } = arrived;
	const now = new Date();
	const key = identityKey(server.config.secret, arrived);
	const accountId = await server.database.transact((tx) => accountOf(tx, key, now));
	if (accountId === null) throw new SignInRefused('unknown');
	if (flow.accountId !== null && flow.accountId !== accountId) throw new SignInRefused('other');
	await signIn(call, server, {
		accountId,
		by: 'oidc',
		provedAt: provedAt(arrived, now),
		deviceId: flow.deviceId!,
		deviceName: flow.deviceName ?? '',
		now
	});
	return backTo(arrived, 'signed-in');
}

/** A provider that knew the browser still may ask nobody: what opens after a fresh proof must not open by that. */
function provedAt({ claims }: Arrived, now: Date): Date {
	const told = claims.auth_time;
	return typeof told === 'number' && told * 1000 < now.getTime() ? new Date(told * 1000) : now;
}

/** Only the session that asked, on its own phone, and only while it runs: the person at the provider may be another by now. */
async function link(call: Call, server: Runtime, arrived: Arrived): Promise<string> {
	const { accountId, deviceId } = arrived.flow;
	const session = await sessionOf(call, server);
	if (!session || session.accountId !== accountId || session.deviceId !== deviceId)
		throw new SignInRefused('signed-out');
	await server.database.transact(async (tx) => {
		const key = identityKey(server.config.secret, arrived);
		const linked = { key, accountId: session.accountId, provider: arrived.provider.id };
		if (!(await linkIdentity(tx, linked))) throw new SignInRefused('taken');
		const actor = { id: session.accountId, role: 'family' };
		const device = session.deviceId;
		await tellPhones(tx, { accountId: session.accountId, kind: 'sign-in-added', device, now: new Date() });
		await audit(tx, { actor, action: 'way-in-added', object: key, address: addressOf(call), device });
	});
	return backTo(arrived, 'linked');
}

async function staff(
	call: Call,
	server: Runtime,
	{ provider, issuer, sub, claims }: Arrived
): Promise<string> {
	const grants = grantsOf(provider, claims);
	if (grants.length === 0) throw new SignInRefused('no-role');
	const name = typeof claims.name === 'string' ? claims.name.slice(0, 80) : null;
	const now = new Date();
	const earlier = cookieOf(call, 'staff');
	const token = await server.database.transact(async (tx) => {
		const begun = { now, ...(earlier && { earlier }) };
		const made = await startStaffSession(tx, { issuer, sub, name, grants }, begun);
		const actor = { id: made.staffId, role: 'staff' };
		await audit(tx, { actor, action: 'sign-in', address: addressOf(call) });
		return made.token;
	});
	putCookie(call, 'staff', { value: token, maxAge: STAFF_WHOLE_MS / 1000 });
	return '/staff';
}

const REASONS: Partial<Record<SignInRefusal, AuditDraft['reason']>> = {
	unsound: 'wrong-proof',
	weak: 'no-mfa',
	'no-role': 'no-role',
	unknown: 'unknown-identity',
	other: 'not-allowed',
	taken: 'not-allowed',
	'signed-out': 'not-allowed'
};

/** Somebody whom a provider vouched for, or tried to, and who got nothing. An old page or a provider that is away is no event. */
async function writeDown(call: Call, server: Runtime, why: SignInRefusal): Promise<void> {
	const reason = REASONS[why];
	if (!reason) return;
	const line = { actor: 'nobody', action: 'sign-in', outcome: 'refused', reason } as const;
	await server.database.transact((tx) => audit(tx, { ...line, address: addressOf(call) }));
}
