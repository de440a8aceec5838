import { describe, expect, it } from 'vitest';
import { sourceFiles } from './source-files.ts';

/** Dexie refuses a where() on a field that no index holds, but only when the line runs (codebases 1.4). So it is checked here. */
const store = sourceFiles(/^src\/lib\/store\/.*\.ts$/);
const schemas = store.filter((file) => /\/schema\/v\d+\.ts$/.test(file.path));

/** `{ rows: '[scope+t+id], scope' }` → rows: ['[scope+t+id]', 'scope'], over every version. */
function indexed(): Set<string> {
	const found = new Set<string>();
	for (const { text } of schemas)
		for (const hit of text.matchAll(/\w+:\s*'([^']*)'/g))
			for (const index of hit[1]!.split(',')) found.add(index.trim().replace(/^[&*+]+/, ''));
	return found;
}

describe('Dexie indexes', () => {
	it('has at least one frozen schema', () => expect(schemas.length).toBeGreaterThan(0));

	it('every where() and orderBy() names an index', () => {
		const indexes = indexed();
		const asked = store.flatMap(({ path, text }) =>
			[...text.matchAll(/\.(?:where|orderBy)\(\s*['"]([^'"]+)['"]/g)].map((hit) => ({ path, field: hit[1]! }))
		);
		const simple = (field: string) => field === ':id' || indexes.has(field);
		expect(asked.filter(({ field }) => !simple(field))).toEqual([]);
	});
});
