import { sharedScope } from '#contract/scope.ts';
import { answerRedeem } from '#server/access/answer-redeem.ts';
import { writeScope } from '#server/cases/scope-writer.ts';
import { answering } from '#server/edge/refusal.ts';
import type { Runtime } from '#server/runtime.ts';
import { Browser } from './call.ts';
import { letterCode, oneChild } from './family.ts';

export type PulledFamily = { browser: Browser; deviceId: string; scope: string };

/** A family whose phone has redeemed its letter, with this many facts to pull. Throws when the letter does not open. */
export async function pulledFamily(server: Runtime, rows: number): Promise<PulledFamily> {
	const child = await oneChild(server.database, 'C-PULL', { guardians: ['G-PULL'] });
	const scope = sharedScope(child.caseId);
	const browser = new Browser();
	const { deviceId } = browser;
	const code = await letterCode(server.database, child.scopeId, 'G-PULL');
	const ask = { code, bornOn: '2017-05-04', deviceId, deviceName: 'Phone' };
	const letter = await answering(() => answerRedeem(browser.post('/', ask), server));
	if (letter.status !== 200) throw new Error(`The letter did not open: ${letter.status}`);
	for (let at = 0; at < rows; at += 200)
		await server.database.transact((tx) => writeScope(tx, scope, facts(at, Math.min(200, rows - at))));
	return { browser, deviceId, scope };
}

/** Facts as long as a council's usually are. */
const facts = (from: number, count: number) =>
	Array.from({ length: count }, (_, n) => ({
		t: 'event',
		id: `00000000-0000-4000-8000-${String(from + n).padStart(12, '0')}`,
		v: {
			type: 'advice.received',
			on: '2026-09-30',
			detail: { adviser: 'speech-and-language' },
			source: { said: 'council', file: 'case-events-2026-10.csv', row: from + n },
			note: 'Report sent to the school and to the family.'
		}
	}));
