import { pathToFileURL } from 'node:url';
import { sentScope, sharedScope } from '#contract/scope.ts';
import { makeActivation, redeem } from '#server/access/activation.ts';
import { staffActor } from '#server/access/actor.ts';
import { setGrant } from '#server/access/grants.ts';
import { familyActor } from '#server/access/actor.ts';
import { revokeDevice } from '#server/access/devices.ts';
import { suspend } from '#server/access/relationships.ts';
import { turnOfRights } from '#server/access/young-person.ts';
import { putCouncil } from '#server/cases/councils.ts';
import { assignOfficer, putOfficer } from '#server/cases/officers.ts';
import { upsertRosterCase } from '#server/cases/roster.ts';
import { writeScope } from '#server/cases/scope-writer.ts';
import { readConfig } from '#server/config.ts';
import { openDatabase, type Database } from '#server/db/open-database.ts';
import { todayInLondon } from '#server/importers/check/civil-day.ts';
import { startStaffSession } from '#server/oidc/staff-session.ts';
import { testFolder } from './database.ts';
import { dumpOf } from './dump-folder.ts';
import { layFile } from './lay-file.ts';

/** Two councils with families that share nothing: every word of one of them carries the family's mark. */
export const NEAR = 'X99000009';
export const FAR = 'X99000008';

/** `mark` stands in every name, address, note and officer of the family and nowhere else. */
export type Family = {
	mark: string;
	ref: string;
	council: string;
	caseId: string;
	accountId: string;
	deviceId: string;
	token: string;
	/** A letter of this family that nobody has used, and one that was. */
	code: string;
	usedCode: string;
	bornOn: string;
	/** Of a form that this person sent to the council. */
	sentId: string;
	/** Of a file that came with it: its words are in it, and nowhere else in clear. */
	blobId: string;
};
export type Staff = { token: string; council: string | null };
export type Families = {
	/** alpha and beta: council NEAR. gamma: FAR. delta: suspended. epsilon: phone revoked. parent, young: one record. */
	families: Record<'alpha' | 'beta' | 'gamma' | 'delta' | 'epsilon' | 'parent' | 'young', Family>;
	staff: Record<'manager' | 'far' | 'publisher' | 'nobody', Staff>;
};

const BORN = '2016-05-04';
/** Long past the end of compulsory school age. */
const OLDER = '2006-05-04';

export type LaidFolder = Families & { dataDir: string; before: Record<string, string[]> };

/** Lays all of it into a new data folder and closes it again. `before`: every row as it was left. Remove the folder yourself. */
export async function layFamilies(secret: string): Promise<LaidFolder> {
	const dataDir = await testFolder();
	const config = readConfig({ DATA_DIR: dataDir, SERVER_SECRET: secret });
	const database = await openDatabase(config);
	try {
		await database.transact((tx) => putCouncil(tx, { code: NEAR, name: 'Testshire' }));
		await database.transact((tx) => putCouncil(tx, { code: FAR, name: 'Farshire' }));
		const child = (mark: string, council: string, bornOn = BORN) =>
			layChild(database, { mark, council, bornOn });
		const join = (at: Laid, guardianRef: string, role: string) =>
			enter(database, secret, { at, guardianRef, role, blobDir: config.blobDir });
		const one = async (mark: string, council = NEAR) =>
			join(await child(mark, council), `${mark}1`, 'parent');
		const alpha = await one('Qalphaq');
		const beta = await one('Qbetaq');
		const gamma = await one('Qgammaq', FAR);
		const delta = await one('Qdeltaq');
		const epsilon = await one('Qepsilonq');
		const record = await child('Qzetaq', NEAR, OLDER);
		const parent = await join(record, 'Qzetaq1', 'parent');
		const young = await join(record, 'Qzetaq2', 'young person');
		const staff = await layStaff(database);
		const manager = await database.transact((tx) =>
			staffActor(tx, { staffId: staff.managerId, council: NEAR, role: 'manager' }, [
				sharedScope(delta.caseId)
			])
		);
		await database.transact((tx) =>
			suspend(tx, manager, {
				caseScope: sharedScope(delta.caseId),
				accountId: delta.accountId,
				reason: 'court-order'
			})
		);
		await database.transact((tx) =>
			revokeDevice(tx, { accountId: epsilon.accountId, id: epsilon.deviceId, now: new Date() })
		);
		await turnOfRights(database.transact, todayInLondon());
		await database.transact(async (tx) =>
			setGrant(tx, await familyActor(tx, young.accountId), {
				caseId: young.caseId,
				accountId: parent.accountId,
				give: false,
				address: '127.0.0.1',
				device: young.deviceId
			})
		);
		const families = { alpha, beta, gamma, delta, epsilon, parent, young };
		return { families, staff: staff.sessions, dataDir, before: await dumpOf(database) };
	} finally {
		await database.close();
	}
}

type Laid = { mark: string; scopeId: string; caseId: string; ref: string; council: string; bornOn: string };

async function layChild(
	database: Database,
	{ mark, council, bornOn }: { mark: string; council: string; bornOn: string }
): Promise<Laid> {
	const ref = `REF-${mark}`;
	const guardian = (n: number) => ({
		ref: `${mark}${n}`,
		name: `${mark} Guardian ${n}`,
		address: `${n} ${mark} Row`
	});
	const made = await database.transact((tx) =>
		upsertRosterCase(tx, {
			council,
			caseRef: ref,
			child: { givenName: mark, familyName: `${mark} Child`, bornOn, schoolName: `${mark} School` },
			guardians: [1, 2, 3].map(guardian)
		})
	);
	const { scopeId, caseId } = made;
	await database.transact(async (tx) => {
		await putOfficer(tx, council, { ref: `O-${mark}`, v: { role: 'case-officer', name: `${mark} Officer` } });
		await assignOfficer(tx, scopeId, { officerRef: `O-${mark}`, from: '2026-01-05' });
		const event = { type: 'assessment.requested', on: '2026-10-05', detail: {}, note: `${mark} note` };
		await writeScope(tx, scopeId, [{ t: 'event', id: crypto.randomUUID(), v: event }]);
		for (const tail of ['fam', 'yp'])
			await writeScope(tx, `case:${caseId}:${tail}`, [
				{ t: 'note', id: 'n', v: { text: `${mark} ${tail}` } }
			]);
	});
	return { mark, scopeId, caseId, ref, council, bornOn };
}

/** Redeems a letter, leaves something of the person's own, and writes one more letter that nobody uses. */
async function enter(
	database: Database,
	secret: string,
	{ at, guardianRef, role, blobDir }: { at: Laid; guardianRef: string; role: string; blobDir: string }
): Promise<Family> {
	const { mark, scopeId, caseId, ref, council, bornOn } = at;
	const [deviceId, sentId] = [crypto.randomUUID(), crypto.randomUUID()];
	const now = new Date();
	const letter = (to: string) =>
		database.transact((tx) => makeActivation(tx, { scopeId, guardianRef: to, role, secret, now }));
	const { code: usedCode } = await letter(guardianRef);
	const entered = await database.transact((tx) =>
		redeem(tx, { code: usedCode, bornOn, deviceId, deviceName: `${mark} phone`, secret, now })
	);
	if (!entered.ok) throw new Error(entered.code);
	const { accountId, token } = entered;
	// Whose it is stands in the word: the other guardian of a record has the same mark.
	const words = `${mark} sent${role.replaceAll(' ', '')}`;
	const scope = sentScope(caseId, accountId);
	const file = await layFile(database, { blobDir, scope, accountId, says: words });
	await database.transact(async (tx) => {
		const own = `case:${caseId}:own:${accountId}`;
		await writeScope(tx, own, [{ t: 'note', id: 'n', v: { text: `${mark} own` } }]);
		const sent = { at: now.toISOString(), receipt: 'R-0000-0000', sha256: 'none' };
		await writeScope(tx, scope, [
			{ t: 'message', id: crypto.randomUUID(), v: { by: 'family', text: words, ...sent } },
			{
				t: 'submission',
				id: sentId,
				v: { form: 'annual-review', version: 1, answers: { about: words }, files: [file], ...sent }
			}
		]);
		await writeScope(tx, `user:${accountId}`, [{ t: 'note', id: 'n', v: { text: `${mark} user` } }]);
	});
	const { code } = await letter(`${mark}3`);
	return {
		mark,
		ref,
		council,
		caseId,
		accountId,
		deviceId,
		token,
		code,
		usedCode,
		bornOn,
		sentId,
		blobId: file.id
	};
}

async function layStaff(database: Database): Promise<{ managerId: string; sessions: Families['staff'] }> {
	const start = (sub: string, grants: Parameters<typeof startStaffSession>[1]['grants']) =>
		database.transact((tx) =>
			startStaffSession(tx, { issuer: 'https://idp.invalid', sub, name: null, grants }, { now: new Date() })
		);
	const manager = await start('manager', [{ council: NEAR, role: 'manager' }]);
	const far = await start('far', [{ council: FAR, role: 'manager' }]);
	const publisher = await start('publisher', [{ council: NEAR, role: 'publisher' }]);
	const nobody = await start('nobody', []);
	return {
		managerId: manager.staffId,
		sessions: {
			manager: { token: manager.token, council: NEAR },
			far: { token: far.token, council: FAR },
			publisher: { token: publisher.token, council: NEAR },
			nobody: { token: nobody.token, council: null }
		}
	};
}

/** `node many-families.ts SECRET`: in a process of its own, because one process opens a folder only once. */
if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href)
	console.log(JSON.stringify(await layFamilies(process.argv[2]!)));
