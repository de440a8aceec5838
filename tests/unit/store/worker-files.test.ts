import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path/posix';
import { describe, expect, it } from 'vitest';

/** Files that are loaded with this one: its imports of code, followed to the end; types are gone by then. */
function loadedWith(path: string, found = new Set<string>()): Set<string> {
	if (found.has(path)) return found;
	found.add(path);
	const text = readFileSync(path, 'utf8');
	for (const [, what, from] of text.matchAll(/^(?:import|export)\s+([^;]*?)\s*from\s*'([^']+)';/gm)) {
		const code = what!.replace(/\btype\s+\w+( as \w+)?,?/g, '').replace(/[{}\s,]/g, '');
		if (what!.startsWith('type ') || !code) continue;
		const room = /^#(\w+)\/(.*)/.exec(from!);
		if (room) loadedWith(`src/lib/${room[1]}/${room[2]}`, found);
		else if (from!.startsWith('.')) loadedWith(join(dirname(path), from!), found);
		else found.add(from!);
	}
	return found;
}
const WORKER = 'src/lib/store/keys/key-worker.ts';
const worker = loadedWith(WORKER);

describe('the key worker', () => {
	it('loads files of keys/ and nothing else', () => {
		expect(worker.size).toBeGreaterThan(4);
		expect([...worker].filter((path) => !path.startsWith('src/lib/store/keys/'))).toEqual([]);
	});

	it('imports nothing by a written-out name later on: what is put around that needs a document', () => {
		for (const path of worker) expect(readFileSync(path, 'utf8'), path).not.toMatch(/\bimport\(\s*['"`]/);
	});

	it('shares no file with the page’s first files, which the bundler would make it load', () => {
		const first = loadedWith('src/lib/features/open-case/first-sight.ts');
		expect(first.size).toBeGreaterThan(8);
		expect([...worker].filter((path) => first.has(path))).toEqual([]);
	});

	it('shares no file with what starts it, for the same reason', () => {
		const start = loadedWith('src/lib/store/keys/start-worker.ts');
		expect([...worker].filter((path) => start.has(path))).toEqual([]);
	});

	it('is told where the stretching lies, which loads nothing of ours', () => {
		expect([...loadedWith('src/lib/store/keys/argon.ts')]).toEqual([
			'src/lib/store/keys/argon.ts',
			'hash-wasm'
		]);
	});
});
