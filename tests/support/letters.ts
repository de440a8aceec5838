import { answerRedeem } from '#server/access/answer-redeem.ts';
import { makeActivation } from '#server/access/activation.ts';
import type { Database } from '#server/db/open-database.ts';
import { answering } from '#server/edge/refusal.ts';
import type { Runtime } from '#server/runtime.ts';
import { Browser } from './call.ts';
import { TEST_SECRET } from './database.ts';

export type Addressee = { scopeId: string; guardianRef: string; role: string };

/** Everybody on the roster of the cases whose reference begins so. */
export async function activationPeople(database: Database, refs: string): Promise<Addressee[]> {
	const rows = await database.db
		.selectFrom('guardian')
		.innerJoin('case_file', 'case_file.scope_id', 'guardian.scope_id')
		.select(['guardian.scope_id as scopeId', 'guardian_ref as guardianRef', 'guardian.role'])
		.where('case_ref', 'like', `${refs}%`)
		.execute();
	return rows.map((row) => ({ ...row, role: row.role ?? 'parent' }));
}

let made = 0;

/** A letter to that person, redeemed on a phone of their own at an address of its own. */
export async function joinByLetter(
	server: Runtime,
	{ bornOn, ...to }: Addressee & { bornOn: string }
): Promise<{ browser: Browser; userId: string }> {
	const { code } = await server.database.transact((tx) =>
		makeActivation(tx, { ...to, secret: TEST_SECRET, now: new Date() })
	);
	const browser = new Browser(`198.51.${(made >> 8) & 255}.${made++ & 255}`);
	const body = { code, bornOn, deviceId: browser.deviceId, deviceName: 'Phone' };
	const answer = await answering(() => answerRedeem(browser.post('/', body), server));
	if (answer.status !== 200) throw new Error(`The letter was refused: ${answer.status}`);
	return { browser, userId: ((await answer.json()) as { userId: string }).userId };
}
