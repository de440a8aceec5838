import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';
import { render } from 'svelte/server';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { StaffFile } from '#contract/staff/views.ts';
import FileList from '#features/staff/FileList.svelte';
import { loadWords } from '#i18n/words.svelte.ts';
import { staffCase } from '#server/oidc/staff-case.ts';
import { StaffRefused } from '#server/oidc/staff-duty.ts';
import { staffFile } from '#server/oidc/staff-file.ts';
import { staffSent } from '#server/oidc/staff-sent-page.ts';
import { startStaffSession } from '#server/oidc/staff-session.ts';
import type { StaffGrant } from '#server/oidc/provider.ts';
import type { Runtime } from '#server/runtime.ts';
import { Browser } from '../../support/call.ts';
import { COUNCIL, testRuntime } from '../../support/family.ts';
import { fileFamily } from '../../support/file-family.ts';
import { fileOf, voice } from '../../support/files.ts';
import { complete, upload, withFiles } from '../../support/uploading.ts';

/** Files that came with a family's words, as an officer of its council sees and opens them. */
const dir = mkdtempSync(join(tmpdir(), 'al-staff-file-'));
let server: Runtime;
let base: Runtime;
beforeAll(async () => {
	base = await testRuntime();
	server = withFiles(base, dir);
	await loadWords(['staff']);
});
afterAll(async () => {
	await base.close();
	rmSync(dir, { recursive: true, force: true });
});

async function staff({ council = COUNCIL, role = 'case-officer' }: Partial<StaffGrant> = {}) {
	const browser = new Browser();
	const sub = crypto.randomUUID();
	const arrival = { issuer: 'https://x.example', sub, name: 'Robin Ash', grants: [{ council, role }] };
	const { token } = await server.database.transact((tx) =>
		startStaffSession(tx, arrival, { now: new Date() })
	);
	browser.jar.set('staff', token);
	return browser;
}
const open = (browser: Browser, asked: { ref: string; id: string; blob: string }) =>
	staffFile(browser.get('/staff'), server, asked);
const why = (work: Promise<unknown>) =>
	work.then(
		() => 'shown',
		(problem: unknown) => (problem instanceof StaffRefused ? problem.why : problem)
	);

test('an officer of the council opens the picture and the recording as what they are; each look is written down', async () => {
	const { phone, scope, scopeId, words } = await fileFamily(server, 'SF-A');
	const jpeg = await sharp({ create: { width: 40, height: 30, channels: 3, background: '#8a5' } })
		.jpeg()
		.toBuffer();
	const [photo, said] = [fileOf(jpeg, 'image/jpeg'), fileOf(voice(4000), 'audio/webm', { seconds: 7 })];
	const id = await words([photo.ref, said.ref]);
	for (const file of [photo, said]) {
		await upload(phone, scope, file);
		await complete(phone, file);
	}
	const browser = await staff();
	const picture = await open(browser, { ref: 'SF-A', id, blob: photo.ref.id });
	expect(Object.fromEntries(picture.headers)).toMatchObject({
		'content-type': 'image/jpeg',
		'x-content-type-options': 'nosniff',
		'cache-control': 'no-store',
		'content-security-policy': expect.stringMatching(/default-src 'none'.*sandbox$/)
	});
	expect(picture.headers.get('content-disposition')).toMatch(
		/^inline; filename="R-[0-9A-Z]{4}-[0-9A-Z]{4}-1\.jpg"$/
	);
	const shown = await sharp(Buffer.from(await picture.arrayBuffer())).metadata();
	expect([shown.format, shown.width]).toEqual(['jpeg', 40]);
	const heard = await open(browser, { ref: 'SF-A', id, blob: said.ref.id });
	expect(heard.headers.get('content-disposition')).toMatch(/^attachment; filename="R-.*-2\.webm"$/);
	expect(Buffer.from(await heard.arrayBuffer()).equals(said.plain)).toBe(true);
	const lines = await base.database.db
		.selectFrom('audit_line')
		.selectAll()
		.where('scope', '=', scopeId)
		.where('actor_role', '=', 'case-officer')
		.orderBy('n')
		.execute();
	expect(lines.map((line) => [line.action, line.object])).toEqual([
		['case-read', photo.ref.id],
		['case-read', said.ref.id]
	]);
});

test('nobody else opens one, and neither does another reference, another message or another id', async () => {
	const { phone, scope, words } = await fileFamily(server, 'SF-B');
	const other = await fileFamily(server, 'SF-C');
	const file = fileOf(voice(400), 'audio/webm');
	const id = await words([file.ref]);
	const theirs = fileOf(voice(400), 'audio/webm');
	const theirId = await other.words([theirs.ref]);
	await upload(phone, scope, file);
	await complete(phone, file);
	const asked = { ref: 'SF-B', id, blob: file.ref.id };
	expect(await why(open(await staff({ council: 'X99000008' }), asked))).toBe('not-found');
	expect(await why(open(await staff({ role: 'publisher' }), asked))).toBe('not-allowed');
	expect(await why(open(new Browser(), asked))).toBe('signed-out');
	const browser = await staff();
	for (const bent of [
		{ ref: 'SF-C' },
		{ id: theirId },
		{ blob: theirs.ref.id },
		{ ref: 'SF-C', id: theirId },
		{ blob: '../../x' },
		{ id: '' }
	])
		expect(await why(open(browser, { ...asked, ...bent })), JSON.stringify(bent)).toBe('not-found');
	expect(await why(open(browser, asked))).toBe('shown');
	// Their own words name it, and it has not come.
	expect(await why(open(browser, { ref: 'SF-C', id: theirId, blob: theirs.ref.id }))).toBe('not-found');
	// Another family's words name this one's file: they get nothing by it.
	const thief = await other.words([file.ref]);
	expect(await why(open(browser, { ref: 'SF-C', id: thief, blob: file.ref.id }))).toBe('not-found');
});

test('the page says what has come, what has not and what never will, and links only what can be opened', async () => {
	const { phone, scope, words } = await fileFamily(server, 'SF-D');
	const [kept, coming, wrong] = [
		fileOf(voice(2_400_000), 'audio/webm', { seconds: 61, question: 'about' }),
		fileOf(voice(90), 'audio/webm'),
		fileOf(voice(90), 'audio/mp4')
	];
	const form = await words([kept.ref, coming.ref, wrong.ref], true);
	const otherKey = await words([{ ...kept.ref, key: coming.ref.key }]);
	for (const file of [kept, wrong]) {
		await upload(phone, scope, file);
		await complete(phone, file);
	}
	const browser = await staff();
	const asked = { ref: 'SF-D', id: form };
	const { files } = await staffSent(browser.get('/staff'), server, asked);
	expect(files).toEqual([
		{
			id: kept.ref.id,
			type: 'audio/webm',
			bytes: 2_400_000,
			seconds: 61,
			question: 'about',
			state: 'kept',
			scanned: false
		},
		expect.objectContaining({ id: coming.ref.id, state: 'waiting', question: null }),
		expect.objectContaining({ id: wrong.ref.id, state: 'refused' })
	]);
	const page = await staffCase(browser.get('/staff'), server, 'SF-D');
	expect(page.submissions[0]!.files).toEqual(files);
	// A message that names the same file with another key cannot open it, and does not say that it can.
	expect(page.threads[0]!.messages).toMatchObject([{ id: otherKey, files: [{ state: 'refused' }] }]);
	expect(await why(open(browser, { ref: 'SF-D', id: otherKey, blob: kept.ref.id }))).toBe('not-found');
	const { body } = render(FileList, { props: { files, caseRef: 'SF/D', sentId: form } });
	const text = body.replace(/<!--.*?-->/g, '').replace(/\s+/g, ' ');
	expect(text.match(/href="[^"]*"/g)).toEqual([
		`href="/staff/cases/SF%2FD/sent/${form}/files/${kept.ref.id}"`
	]);
	for (const words of ['2.4 MB', '61 seconds', 'not scanned', 'Still on its way', 'could not be opened'])
		expect(text).toContain(words);
	const scanned: StaffFile = { ...files![0]!, scanned: true };
	const clean = render(FileList, { props: { files: [scanned], caseRef: 'X', sentId: form } });
	expect(clean.body).not.toContain('not scanned');
	expect(render(FileList, { props: { files: undefined, caseRef: 'X', sentId: form } }).body).not.toContain(
		'<ul'
	);
});
