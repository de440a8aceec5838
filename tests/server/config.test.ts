import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { readConfig } from '#server/config.ts';

const dir = mkdtempSync(join(tmpdir(), 'al-config-'));
afterAll(() => rmSync(dir, { recursive: true, force: true }));

test('the secret is made once, for this user alone, and found again', () => {
	const first = readConfig({ DATA_DIR: dir });
	expect(first.secret.length).toBeGreaterThanOrEqual(48);
	expect(readConfig({ DATA_DIR: dir }).secret).toBe(first.secret);
	expect(statSync(join(dir, 'secret')).mode & 0o777).toBe(0o600);
	expect(readFileSync(join(dir, 'secret'), 'utf8').trim()).toBe(first.secret);
});

test('with PostgreSQL the secret must be given, since every node needs the same', () => {
	expect(() => readConfig({ DATABASE_URL: 'postgres://x/y', DATA_DIR: dir })).toThrow(
		'SERVER_SECRET is required'
	);
});

test('every wrong setting is named at once, and an empty one counts as not set', () => {
	const wrong = {
		PORT: '99999',
		PUBLIC_ORIGIN: 'https://a.example/path',
		SERVER_SECRET: 'short',
		TRUST_PROXY: 'yes',
		OFFLINE_DAYS: '91',
		DATA_DIR: dir
	};
	for (const name of ['PORT', 'OFFLINE_DAYS', 'PUBLIC_ORIGIN', 'SERVER_SECRET', 'TRUST_PROXY'])
		expect(() => readConfig(wrong)).toThrow(name);
	expect(readConfig({ PORT: '', DATABASE_URL: '', DATA_DIR: dir })).toMatchObject({
		port: 3000,
		host: '127.0.0.1',
		trustProxy: false,
		offlineDays: 30,
		demo: false
	});
});

test('files lie in the data folder unless another is named; a scanner is a program and its arguments', () => {
	const set = (more: object) => readConfig({ DATA_DIR: dir, ...more });
	expect([set({}).blobDir, set({}).scanCommand]).toEqual([join(dir, 'blobs'), undefined]);
	const other = set({ BLOB_DIR: '/srv/files', SCAN_COMMAND: ' clamdscan  --no-summary --fdpass ' });
	expect(other.blobDir).toBe('/srv/files');
	expect(other.scanCommand).toEqual(['clamdscan', '--no-summary', '--fdpass']);
});

test('every setting stands in docs/operating.md', () => {
	const source = readFileSync('src/lib/server/config.ts', 'utf8');
	const names = [...source.matchAll(/^\t([A-Z][A-Z_]+):/gm)].map((match) => match[1]!);
	const documented = readFileSync('docs/operating.md', 'utf8');
	expect(names.length).toBeGreaterThan(7);
	for (const name of names) expect(documented).toContain(`| \`${name}\` |`);
});
