import { describe, expect, it } from 'vitest';
import { sourceFiles } from './source-files.ts';

/** Blueprint §3.1: each route stands in a row that says how it is rendered and what the worker does with it. */
const ROWS: { row: string; at: RegExp }[] = [
	{ row: 'family: one prerendered shell', at: /^\/app(\/|$)/ },
	{
		row: 'public: server-rendered, network first',
		at: /^\/(\[\[?lang=language\]\]?)?(\/?$|\/?(support|waits|progress|help)(\/|$))/
	},
	{ row: 'staff and sign-in: never the worker', at: /^\/(staff|sign-in)(\/|$)/ },
	{ row: 'api: never the worker', at: /^\/(api(\/|$)|healthz$)/ }
];

const routes = [
	...new Set(
		sourceFiles(/^src\/routes\/.*\+(page|server)(\.server)?\.(svelte|ts)$/).map(
			(file) =>
				'/' +
				file.path
					.replace(/^src\/routes\/?/, '')
					.split('/')
					.slice(0, -1)
					.filter((part) => !/^\(.*\)$/.test(part))
					.join('/')
		)
	)
];

describe('routes', () => {
	it('finds Kit’s routes', () => expect(routes.length).toBeGreaterThan(5));

	for (const route of routes)
		it(`${route} has a row`, () =>
			expect(ROWS.filter(({ at }) => at.test(route)).map(({ row }) => row)).toHaveLength(1));

	it('family pages never have a server load, so that no personal data can reach HTML', () => {
		const server = sourceFiles(/^src\/routes\/app\/.*\.server\.ts$/);
		expect(server.map((file) => file.path)).toEqual([]);
	});
});
