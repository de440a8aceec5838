import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { redeem } from '#server/access/activation.ts';
import { familyActor, staffActor } from '#server/access/actor.ts';
import { endRelationship, linkedPeople, restrict, suspend } from '#server/access/relationships.ts';
import { findCase, openCase } from '#server/cases/case-files.ts';
import { putCouncil, setLines } from '#server/cases/councils.ts';
import { upsertRosterCase } from '#server/cases/roster.ts';
import type { Database } from '#server/db/open-database.ts';
import { letterAddress } from '#server/letters/letter-page.ts';
import { lettersJob } from '#server/letters/letters-job.ts';
import { readConfig } from '#server/config.ts';
import { TEST_SECRET, testDatabase } from '../../support/database.ts';

const COUNCIL = 'X99000007';
const dir = mkdtempSync(join(tmpdir(), 'al-letters-'));
let database: Database;
let round = 0;

beforeAll(async () => {
	database = await testDatabase();
	await database.transact(async (tx) => {
		await putCouncil(tx, { code: COUNCIL, name: 'Council of <Test> & Co' });
		await setLines(tx, COUNCIL, {
			lines: [{ id: 'duty', v: { role: 'duty', name: 'Duty line', phone: '01632 960001' } }]
		});
		await upsertRosterCase(tx, {
			council: COUNCIL,
			caseRef: 'L1',
			child: { givenName: 'Zoë', bornOn: '2017-05-04' },
			guardians: [
				{
					ref: 'G1',
					name: 'Ann <script>alert(1)</script>',
					address: '1 Invented Row, Nowhere',
					interpreterLanguage: 'ur'
				},
				{ ref: 'G2', name: 'Bob Second', address: '2 Other Street' }
			]
		});
		await openCase(tx, COUNCIL, 'L2');
	});
});
afterAll(async () => {
	await database.close();
	rmSync(dir, { recursive: true, force: true });
});

async function letters(...words: string[]) {
	const [out, err]: string[][] = [[], []];
	const folder = join(dir, `out${round++}`);
	const config = readConfig({
		SERVER_SECRET: TEST_SECRET,
		PUBLIC_ORIGIN: 'https://alongside.example',
		DATA_DIR: dir
	});
	const io = { out: (text: string) => void out!.push(text), err: (text: string) => void err!.push(text) };
	const exit = await lettersJob([...words, '--out', folder], { database, config, io, cwd: dir });
	const pages = readdirSync(folder)
		.filter((name) => name.endsWith('.html'))
		.sort()
		.map((name) => readFileSync(join(folder, name), 'utf8'));
	return { exit, folder, pages, err: err!.join('\n') };
}
/** A new phone types the letter's code. */
const opens = (page: string) =>
	database.transact((tx) =>
		redeem(tx, {
			code: codeOf(page),
			bornOn: '2017-05-04',
			deviceId: crypto.randomUUID(),
			deviceName: 'Phone',
			secret: TEST_SECRET,
			now: new Date()
		})
	);
const codeOf = (page: string) => /class="code">([\w-]+)</.exec(page)![1]!;

test('one private page for each guardian, that names no other and hides nothing in its file name', async () => {
	const { exit, folder, pages } = await letters('--council', COUNCIL);
	expect([exit, readdirSync(folder).sort()]).toEqual([
		0,
		['letter-00001.html', 'letter-00002.html', 'letters.csv']
	]);
	expect(statSync(join(folder, 'letter-00001.html')).mode & 0o077).toBe(0);
	const [ann, bob] = pages as [string, string];
	expect(ann).not.toMatch(/Bob|Other Street|<script/);
	expect(ann).toContain('Zoë');
	expect(ann).toContain('Urdu');
	expect(ann).toContain('01632 960001');
	expect(bob).not.toMatch(/Ann|Invented Row/);
	// The page loads nothing, and a browser that opens it sends nothing.
	expect(ann).not.toMatch(/\b(?:src|href)=/);
	const opened = await opens(ann);
	expect(opened.ok).toBe(true);
});

test('a second run leaves the letters in the post alone; naming the case makes a new one', async () => {
	const again = await letters('--council', COUNCIL);
	expect([again.exit, again.pages.length]).toEqual([1, 0]);
	const named = await letters('--council', COUNCIL, '--case', 'L1');
	expect(named.pages).toHaveLength(2);
});

test('somebody whose access was ended or suspended gets no letter with the others of their case, only by name', async () => {
	const guardians = ['A', 'B', 'C'].map((ref) => ({ ref: `L3-${ref}`, name: `Guardian ${ref}` }));
	const { scopeId } = await database.transact((tx) =>
		upsertRosterCase(tx, {
			council: COUNCIL,
			caseRef: 'L3',
			child: { givenName: 'Kit', bornOn: '2017-05-04' },
			guardians
		})
	);
	const first = await letters('--council', COUNCIL, '--case', 'L3');
	expect(first.pages).toHaveLength(3);
	const people: string[] = [];
	for (const page of first.pages) {
		const opened = await opens(page);
		people.push(opened.ok ? opened.accountId : '');
	}
	await database.transact(async (tx) => {
		const who = { staffId: crypto.randomUUID(), council: COUNCIL, role: 'manager' as const };
		const staff = await staffActor(tx, who, [scopeId]);
		const at = (accountId: string) => ({ caseScope: scopeId, accountId });
		await endRelationship(tx, staff, { ...at(people[1]!), reason: 'no-longer-responsible' });
		await suspend(tx, staff, { ...at(people[2]!), reason: 'court-order' });
	});
	const again = await letters('--council', COUNCIL, '--case', 'L3');
	expect(again.pages.map((page) => /Guardian [ABC]/.exec(page)![0])).toEqual(['Guardian A']);
	expect(again.err).toMatch(/guardian L3-B of case L3[^]*guardian L3-C of case L3/);
	const named = await letters('--council', COUNCIL, '--case', 'L3', '--guardian', 'L3-B');
	expect(named.pages.map((page) => /Guardian [ABC]/.exec(page)![0])).toEqual(['Guardian B']);
});

test('a reference beside another name: letters in the post end, and a new one waits for whose it is', async () => {
	const roster = (name: string, ref = 'L5-A') =>
		database.transact((tx) =>
			upsertRosterCase(tx, {
				council: COUNCIL,
				caseRef: 'L5',
				child: { givenName: 'Noor', bornOn: '2017-05-04' },
				guardians: [{ ref, name }]
			})
		);
	await roster('Rana Old');
	const posted = await letters('--council', COUNCIL, '--case', 'L5');
	await roster('Tariq New');
	expect(await opens(posted.pages[0]!)).toEqual({ ok: false, code: 'code_expired' });
	// Nobody has signed in: the next run writes to whoever has the reference now.
	const fresh = await letters('--council', COUNCIL);
	expect(fresh.pages.map((page) => page.includes('Tariq New'))).toEqual([true]);
	await expect(
		letters('--council', COUNCIL, '--case', 'L5', '--guardian', 'L5-A', '--is', 'another-person')
	).rejects.toThrow('leave --is out');
	const tariq = await opens(fresh.pages[0]!);
	if (!tariq.ok) throw new Error(tariq.code);

	await roster('Ewa Third');
	const asked = await letters('--council', COUNCIL, '--case', 'L5');
	expect([asked.exit, asked.pages.length]).toEqual([1, 0]);
	expect(asked.err).toMatch(/guardian L5-A of case L5: somebody signed in[^]*--is same-person/);
	// A run over everything names them too.
	expect((await letters('--council', COUNCIL)).err).toContain('guardian L5-A of case L5');
	const named = ['--council', COUNCIL, '--case', 'L5', '--guardian', 'L5-A'];
	expect((await letters(...named)).pages).toEqual([]);
	await expect(letters(...named, '--is', 'nobody')).rejects.toThrow('Usage');
	const other = await opens((await letters(...named, '--is', 'another-person')).pages[0]!);
	if (!other.ok) throw new Error(other.code);
	expect(other.accountId).not.toBe(tariq.accountId);
	const actor = await database.transact((tx) => familyActor(tx, tariq.accountId));
	expect(actor.cases.size).toBe(0);

	await roster('Ewa Married');
	const same = await opens((await letters(...named, '--is', 'same-person')).pages[0]!);
	expect(same).toMatchObject({ ok: true, accountId: other.accountId });
	// Kept out, and on the roster under a new reference: the name is enough to ask a person first.
	await database.transact(async (tx) => {
		const who = { staffId: crypto.randomUUID(), council: COUNCIL, role: 'manager' as const };
		const caseScope = (await findCase(tx, COUNCIL, 'L5'))!.scopeId;
		const staff = await staffActor(tx, who, [caseScope]);
		await suspend(tx, staff, { caseScope, accountId: other.accountId, reason: 'court-order' });
	});
	await roster('Ewa  married', 'L5-B');
	const again = await letters('--council', COUNCIL, '--case', 'L5');
	expect([again.pages.length, again.err]).toEqual([0, expect.stringContaining('guardian L5-B of case L5')]);
});

test('whoever has a reference now is nobody’s by it in another case, and no hold or limit is walked round by a new one', async () => {
	const bring = (caseRef: string, guardians: { ref: string; name: string }[]) =>
		database.transact((tx) =>
			upsertRosterCase(tx, {
				council: COUNCIL,
				caseRef,
				child: { givenName: 'Ivo', bornOn: '2017-05-04' },
				guardians
			})
		);
	const accountOf = async (page: string) => {
		const opened = await opens(page);
		if (!opened.ok) throw new Error(opened.code);
		return opened.accountId;
	};
	const asStaff = async (caseScope: string) => {
		const who = { staffId: crypto.randomUUID(), council: COUNCIL, role: 'manager' as const };
		return database.transact((tx) => staffActor(tx, who, [caseScope]));
	};
	const { scopeId } = await bring('L6', [{ ref: 'L6-1', name: 'Ana First' }]);
	const ana = await accountOf((await letters('--council', COUNCIL, '--case', 'L6')).pages[0]!);
	await bring('L6', [{ ref: 'L6-1', name: 'Bea Second' }]);
	// The brother’s case, new: its letter is for whoever the reference names now.
	await bring('L7', [{ ref: 'L6-1', name: 'Bea Second' }]);
	expect(await accountOf((await letters('--council', COUNCIL, '--case', 'L7')).pages[0]!)).not.toBe(ana);

	const staff = await asStaff(scopeId);
	const about = { caseScope: scopeId, accountId: ana, reason: 'court-order' as const };
	expect((await database.transact((tx) => linkedPeople(tx, scopeId)))[0]).toMatchObject({ name: null });
	await database.transact((tx) => restrict(tx, staff, { ...about, to: 'no-family-scope' }));
	await bring('L6', [
		{ ref: 'L6-1', name: 'Bea Second' },
		{ ref: 'L6-2', name: 'Ana First' }
	]);
	const again = await letters('--council', COUNCIL);
	expect([again.pages.length, again.err]).toEqual([0, expect.stringContaining('guardian L6-2 of case L6')]);
	const other = ['--council', COUNCIL, '--case', 'L6', '--guardian', 'L6-1', '--is', 'another-person'];
	expect((await letters(...other)).pages).toHaveLength(1);
	expect((await letters('--council', COUNCIL)).err).toContain('guardian L6-2 of case L6');
});

test('a case without a roster row gets no letter, and the words say why', async () => {
	const nobody = await letters('--council', COUNCIL, '--case', 'L1', '--guardian', 'G9');
	expect([nobody.exit, nobody.err]).toEqual([1, expect.stringContaining('needs a roster row')]);
	const { exit, err } = await letters('--council', COUNCIL, '--case', 'L2');
	expect([exit, err]).toEqual([1, expect.stringContaining('needs a roster row')]);
});

test('the code stands in the fragment only', () => {
	const url = new URL(letterAddress('https://alongside.example', 'ABCD-EFGH-JKMN-P'));
	expect([url.pathname, url.search, url.hash]).toEqual(['/app/start/letter', '', '#ABCD-EFGH-JKMN-P']);
});

test('a wrong option or an unknown council is said plainly', async () => {
	await expect(letters('--concil', COUNCIL)).rejects.toThrow('--concil is not known');
	await expect(letters('--council', 'X00000000')).rejects.toThrow('no council X00000000');
});
