import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { importsOf, sourceFiles } from './source-files.ts';

/** The invented council's sign-in page is for the demo and for tests: no production build or installation has it. */
describe('the demo’s sign-in provider', () => {
	const PACKAGE = /^oidc-provider(\/|$)/;
	const reaches = (from: string) => PACKAGE.test(from) || from.includes('demo-provider');

	it('is a development package only', () => {
		const { dependencies, devDependencies } = JSON.parse(readFileSync('package.json', 'utf8')) as {
			dependencies: Record<string, string>;
			devDependencies: Record<string, string>;
		};
		expect(Object.keys(devDependencies)).toContain('oidc-provider');
		expect(Object.keys(dependencies)).not.toContain('oidc-provider');
	});

	it('is imported by nothing that is built', () => {
		const built = sourceFiles(/^(src|service-worker)\/.*\.(ts|svelte)$/);
		expect(built.length).toBeGreaterThan(300);
		const found = built.filter((file) => importsOf(file.text).some(({ from }) => reaches(from)));
		expect(found.map((file) => file.path)).toEqual([]);
	});

	it('is loaded by the entry only when asked for, so that the server starts without it', () => {
		const scripts = sourceFiles(/^scripts\/.*\.(ts|mjs)$/).filter((file) =>
			/oidc-provider|demo-provider/.test(file.text)
		);
		expect(scripts.map((file) => file.path).sort()).toEqual([
			'scripts/demo-provider/memory.ts',
			'scripts/demo-provider/start.ts',
			'scripts/serve/demo-staff.ts'
		]);
		const [entry] = scripts.filter((file) => file.path === 'scripts/serve/demo-staff.ts');
		expect(entry!.text).toContain("await import('../demo-provider/start.ts')");
		expect(entry!.text).not.toMatch(/^import .*demo-provider/m);
	});
});
