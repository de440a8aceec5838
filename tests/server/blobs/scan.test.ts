import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import { scan } from '#server/blobs/scan.ts';

/** The operator's scanner, as a program of its own. */
const dir = mkdtempSync(join(tmpdir(), 'al-scan-'));
const blobDir = join(dir, 'files');
const SEEN = join(dir, 'seen.json');
const script = (name: string, text: string) => {
	const path = join(dir, `${name}.mjs`);
	writeFileSync(path, text);
	return [process.execPath, path];
};
afterAll(() => rmSync(dir, { recursive: true, force: true }));
beforeEach(() => void vi.restoreAllMocks());
let look: string[];
beforeAll(() => {
	look = script(
		'look',
		`import { readFileSync, statSync, writeFileSync } from 'node:fs';
		const path = process.argv.at(-1);
		const text = readFileSync(path, 'utf8');
		writeFileSync(${JSON.stringify(SEEN)}, JSON.stringify({ text, path, mode: statSync(path).mode & 0o777, env: Object.keys(process.env) }));
		process.exit(Number(text));`
	);
});
const left = () => (existsSync(join(blobDir, 'scanning')) ? readdirSync(join(blobDir, 'scanning')) : []);

test('0 is clean, 1 is refused, anything else is later; the file is ours alone and gone afterwards', async () => {
	vi.spyOn(console, 'error').mockImplementation(() => {});
	process.env.SERVER_SECRET = 'not for a scanner, not for a scanner';
	for (const [code, means] of [
		[0, 'clean'],
		[1, 'refused'],
		[2, 'later'],
		[127, 'later']
	] as const) {
		expect(await scan([Buffer.from(String(code))], { command: look, blobDir })).toBe(means);
		const seen = JSON.parse(readFileSync(SEEN, 'utf8')) as { text: string; mode: number; env: string[] };
		expect([seen.text, seen.mode]).toEqual([String(code), 0o600]);
		expect(seen.env).not.toContain('SERVER_SECRET');
		expect(left()).toEqual([]);
	}
	delete process.env.SERVER_SECRET;
	expect(statSync(join(blobDir, 'scanning')).mode & 0o077).toBe(0);
});

test('a scanner that hangs, dies or is not there means later, and leaves nothing', async () => {
	const said = vi.spyOn(console, 'error').mockImplementation(() => {});
	const hangs = script('hangs', 'setInterval(() => {}, 1000);');
	const dies = script('dies', "process.kill(process.pid, 'SIGSEGV');");
	const file = [Buffer.from('0')];
	expect(await scan(file, { command: hangs, blobDir, patience: 300 })).toBe('later');
	expect(await scan(file, { command: dies, blobDir })).toBe('later');
	expect(await scan(file, { command: [join(dir, 'nowhere')], blobDir })).toBe('later');
	expect(left()).toEqual([]);
	expect(said.mock.calls.flat().join()).not.toContain(dir);
	expect(said).toHaveBeenCalledTimes(3);
});
