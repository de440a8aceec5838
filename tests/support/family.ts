import type { Database } from '#server/db/open-database.ts';
import type { Runtime } from '#server/runtime.ts';
import { readConfig } from '#server/config.ts';
import { LiveHub } from '#server/sync/live-hub.ts';
import { listenToNodes } from '#server/db/listener.ts';
import { makeActivation } from '#server/access/activation.ts';
import { putCouncil } from '#server/cases/councils.ts';
import { upsertRosterCase, type RosterResult } from '#server/cases/roster.ts';
import { TEST_SECRET, testDatabase } from './database.ts';

export const COUNCIL = 'X99000009';

/** A server's inside on a fresh test database. Close it in afterAll. */
export async function testRuntime(): Promise<Runtime> {
	return runtimeOn(await testDatabase());
}

/** A server's inside on a database that is open; closes it too. */
export function runtimeOn(database: Database & { url?: string }): Runtime {
	const live = new LiveHub(database.feed);
	const url = database.url;
	const stop = url
		? listenToNodes({ url, db: database.db, feed: database.feed, watched: () => live.scopes() })
		: async () => {};
	const close = async () => (live.close(), await stop(), await database.close());
	return {
		config: readConfig({ SERVER_SECRET: TEST_SECRET, DATA_DIR: '/nonexistent' }),
		database,
		live,
		beforeClose: () => {},
		close
	};
}

/** One child of an invented council with the guardians G1 and G2. */
export async function oneChild(
	database: Database,
	caseRef: string,
	more: { guardians?: string[]; bornOn?: string; council?: string } = {}
): Promise<RosterResult> {
	const council = more.council ?? COUNCIL;
	return database.transact(async (tx) => {
		await putCouncil(tx, { code: council, name: 'Testshire' });
		const guardians = (more.guardians ?? ['G1', 'G2']).map((ref) => ({
			ref,
			name: `Guardian ${ref}`,
			address: '1 Invented Row'
		}));
		return upsertRosterCase(tx, {
			council,
			caseRef,
			child: { givenName: `Child ${caseRef}`, bornOn: more.bornOn ?? '2017-05-04' },
			guardians
		});
	});
}

export async function letterCode(
	database: Database,
	scopeId: string,
	guardianRef = 'G1',
	now = new Date()
): Promise<string> {
	const made = await database.transact((tx) =>
		makeActivation(tx, { scopeId, guardianRef, role: 'parent', secret: TEST_SECRET, now })
	);
	return made.code;
}
