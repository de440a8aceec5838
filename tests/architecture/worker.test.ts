import { describe, expect, it } from 'vitest';
import { sourceFiles } from './source-files.ts';

/** The worker runs while nobody looks: one file of it sees what waits, and no file ever sees a key or a row (blueprint §3). */
const files = sourceFiles(/^service-worker\/.*\.ts$/).filter(({ path }) => !path.endsWith('.d.ts'));
const saying = (words: RegExp) => files.filter(({ text }) => words.test(text)).map(({ path }) => path);
const POSTS = 'service-worker/post-waiting.ts';

describe('the worker', () => {
	it('looks into a database in one file, which index.ts hands the browser’s own', () => {
		expect(saying(/indexedDB/).toSorted()).toEqual(['service-worker/index.ts', POSTS]);
		expect(saying(/objectStore\(|\.transaction\(/)).toEqual([POSTS]);
	});

	it('opens only the tables in which nothing but envelopes and what is in clear stands', () => {
		const text = files.find(({ path }) => path === POSTS)!.text;
		const named = [...text.matchAll(/(?:objectStore|contains|transaction)\(\s*(\[[^\]]*\]|'[^']*')/g)];
		const tables = named.flatMap(([, names]) => [...names!.matchAll(/'([^']+)'/g)].map(([, name]) => name));
		expect(new Set(tables)).toEqual(new Set(['outbox', 'meta', 'settings']));
	});

	it('has no key, decrypts nothing, and asks only where changes are taken', () => {
		expect(saying(/subtle|decrypt|unwrapKey|deviceKeys/)).toEqual([]);
		expect(
			files.flatMap(({ text }) => [...text.matchAll(/'(\/api\/[^']*)'/g)].map(([, path]) => path))
		).toEqual(['/api/sync/push']);
	});

	it('never settles anything: no answer is written', () => {
		const text = files.find(({ path }) => path === POSTS)!.text;
		expect([...text.matchAll(/\.put\(([^)]*)\)/g)].map(([, what]) => what)).toEqual([
			'{ ...row, offered: true }'
		]);
	});
});
