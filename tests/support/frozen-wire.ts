import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { sharedScope } from '#contract/scope.ts';
import { keyedHash } from '#server/access/keyed-hash.ts';
import { answerRedeem } from '#server/access/answer-redeem.ts';
import { answerQuarantine } from '#server/access/answer-quarantine.ts';
import { seal } from '#server/access/sealed.ts';
import { startSession } from '#server/access/session.ts';
import type { Call } from '#server/edge/caller.ts';
import type { Runtime } from '#server/runtime.ts';
import { answerPull } from '#server/sync/answer-pull.ts';
import { answerPush } from '#server/sync/answer-push.ts';
import { TEST_SECRET } from './database.ts';
import { Phone } from './sign-in.ts';

export const WIRE = join(import.meta.dirname, '../fixtures/wire');
/** A request as a phone of that time sent it, what was sealed in it, and what it heard. */
export type Frozen = { path: string; request: unknown; opened?: unknown[]; answer: Record<string, unknown> };
/** Who they were, all invented, and the server's key of that time, so that what was sealed to it still opens. */
export type People = {
	epoch: string;
	council: string;
	caseId: string;
	accountId: string;
	deviceId: string;
	key: { kid: string; public: string; private: string };
	letter: { code: string; guardianRef: string; bornOn: string };
};

export const versions = (): string[] => readdirSync(WIRE).filter((name) => /^v\d+$/.test(name));
/** In the order in which they were sent. */
export const frozenIn = (version: string): string[] =>
	readdirSync(join(WIRE, version))
		.filter((name) => /^\d\d-.+\.json$/.test(name))
		.sort();
export const read = <T>(version: string, name: string): T =>
	JSON.parse(readFileSync(join(WIRE, version, name), 'utf8')) as T;

export const ENDPOINTS: Record<string, (call: Call, server: Runtime) => Promise<Response>> = {
	'/api/activation/redeem': answerRedeem,
	'/api/quarantine': answerQuarantine,
	'/api/sync/pull': answerPull,
	'/api/sync/push': answerPush
};

/** The server as it stood before the first of the requests; the phone is signed in. */
export async function layPeople(server: Runtime, people: People): Promise<Phone> {
	const { epoch, council, caseId, accountId, deviceId, key, letter } = people;
	const now = new Date();
	const scope_id = sharedScope(caseId);
	const phone = new Phone(server);
	Object.assign(phone.browser, { deviceId });
	await server.database.transact(async (tx) => {
		await tx.updateTable('instance').set({ epoch }).execute();
		await tx.insertInto('council').values({ code: council, name: 'Frozenshire' }).execute();
		await tx.insertInto('scope').values({ id: scope_id }).execute();
		const file = { scope_id, id: caseId, council, case_ref: 'FROZEN', born_on: letter.bornOn };
		await tx.insertInto('case_file').values(file).execute();
		await tx.insertInto('account').values({ id: accountId }).execute();
		const tie = {
			case_scope: scope_id,
			account_id: accountId,
			guardian_ref: 'F1',
			role: 'guardian' as const
		};
		await tx.insertInto('relationship').values(tie).execute();
		const guardian = { scope_id, guardian_ref: letter.guardianRef, name: 'Guardian', role: 'parent' };
		await tx.insertInto('guardian').values(guardian).execute();
		await tx
			.insertInto('activation')
			.values({
				...{ code_hmac: keyedHash(TEST_SECRET, 'activation', letter.code), scope_id, role: 'parent' },
				...{ guardian_ref: letter.guardianRef, expires_at: new Date(now.getTime() + 86_400_000) }
			})
			.execute();
		await tx.updateTable('server_key').set({ retired_at: now }).execute();
		const sealed = seal(
			{ secret: TEST_SECRET, use: 'server-key', place: key.kid },
			Buffer.from(key.private, 'base64')
		);
		const row = { kid: key.kid, public: key.public, private_sealed: sealed, created_at: now };
		await tx.insertInto('server_key').values(row).execute();
		const token = await startSession(tx, { accountId, deviceId, deviceName: 'Phone', now });
		phone.browser.jar.set('s', token);
	});
	return phone;
}
