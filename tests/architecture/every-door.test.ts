import { expect, test } from 'vitest';
import { DOORS } from '../support/every-door.ts';
import { sourceFiles } from './source-files.ts';

/** The sweep (tests/e2e/090-sweep.spec.ts) asks every route in everybody's name: one that it does not know would be missed. */
test('every route that Kit knows has a row in the sweep, and no row is of a route that is gone', () => {
	const files = sourceFiles(/^src\/routes\/.*\+(page\.svelte|server\.ts|page\.server\.ts)$/);
	const routes = new Set(
		files.map(({ path }) => {
			const folders = path
				.replace(/^src\/routes\/?/, '')
				.split('/')
				.slice(0, -1);
			return `/${folders.filter((name) => !/^\(.*\)$/.test(name)).join('/')}`;
		})
	);
	expect(routes.size).toBeGreaterThan(30);
	expect([...routes].filter((route) => !(route in DOORS))).toEqual([]);
	expect(Object.keys(DOORS).filter((route) => !routes.has(route))).toEqual([]);
});
