import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { sourceFiles } from './source-files.ts';

/** Files above 250 lines, each with its reason. Nothing may pass 400 (blueprint §7); data, schemas and tests are exempt. */
const LONG_WITH_REASON: Record<string, string> = JSON.parse(
	readFileSync('tests/architecture/long-files.json', 'utf8')
);
const EXEMPT =
	/(^src\/lib\/i18n\/locales\/|\/schema\/v\d+\.ts$|^src\/lib\/domain\/law\/rules\/|vocabulary\.ts$|bank-holidays|\/personas\/)/;

const code = sourceFiles(/^(src|service-worker|scripts)\/.*\.(ts|svelte|mjs|css)$/).filter(
	(file) => !EXEMPT.test(file.path)
);
const lines = (text: string) => text.split('\n').length;

describe('house rules', () => {
	it('files stay short, or say why not', () => {
		const long = code.filter((file) => lines(file.text) > 250 && !LONG_WITH_REASON[file.path]);
		expect(long.map((file) => `${file.path} ${lines(file.text)}`)).toEqual([]);
		expect(code.filter((file) => lines(file.text) > 400).map((file) => file.path)).toEqual([]);
	});

	it('every reason for a long file still has its long file', () => {
		const stale = Object.keys(LONG_WITH_REASON).filter(
			(path) => !code.some((f) => f.path === path && lines(f.text) > 250)
		);
		expect(stale).toEqual([]);
	});

	it('names explain themselves', () => {
		const vague = /(^|\/)(utils?|helpers?|managers?|misc|common)(\.|\/|-)|-(manager|helper|utils?)\./;
		const files = sourceFiles(/^(src|service-worker|scripts|tests)\//).map((file) => file.path);
		expect(files.filter((path) => vague.test(path))).toEqual([]);
	});

	it('nothing is left half done', () => {
		const unfinished =
			/\b(TODO|FIXME|HACK|XXX)\b|@ts-ignore|eslint-disable(?!-next-line [\w/@-]+ -- )|\b(it|test|describe)\.(skip|only|todo)\b/;
		const files = sourceFiles(/^(src|service-worker|scripts|tests)\/.*\.(ts|svelte|mjs)$/);
		const found = files.filter((f) => unfinished.test(f.text) && !f.path.startsWith('tests/architecture/'));
		expect(found.map((file) => file.path)).toEqual([]);
	});

	it('the top level holds only what the mission allows', () => {
		const allowed =
			/^(src|static|tests|service-worker|docs|scripts|\.ci|package\.json|package-lock\.json|svelte\.config\.js|tsconfig\.json|vite\.config\.ts|README\.md|LICEN[CS]E|\.[\w.-]+)$/;
		const top = new Set(sourceFiles(/./).map((file) => file.path.split('/')[0]!));
		expect([...top].filter((name) => !allowed.test(name))).toEqual([]);
	});

	it('no test waits for time to pass or tries again until green', () => {
		const lazy = /waitForTimeout\(|retry:\s*[1-9]|retries:\s*[1-9]|test\.slow\(/;
		expect(
			sourceFiles(/^tests\/.*\.ts$/)
				.filter((f) => lazy.test(f.text) && !f.path.includes('architecture'))
				.map((f) => f.path)
		).toEqual([]);
	});

	it('no one outside i18n/format.ts says Intl, and no one draws with style attributes', () => {
		const files = sourceFiles(/^src\/.*\.(ts|svelte)$/).filter(
			(file) => !file.path.startsWith('src/lib/i18n/')
		);
		expect(
			files.filter((file) => /\bIntl\.|toLocale(Date|Time)?String\(/.test(file.text)).map((f) => f.path)
		).toEqual([]);
		const svelte = files.filter((file) => file.path.endsWith('.svelte'));
		expect(svelte.filter((file) => /\sstyle(:[\w-]+)?=|\{@html/.test(file.text)).map((f) => f.path)).toEqual(
			[]
		);
	});
});
