import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { sveltekit } from '@sveltejs/kit/vite';
import { playwright } from '@vitest/browser-playwright';
import type { Plugin } from 'vite';
import { defineConfig } from 'vitest/config';
import { chunkNames } from './service-worker/chunk-names.ts';

/**
 * Vitest wraps every `import()` in a call that only a page knows, and mends that for workers by a query in their address. Our key worker
 * has none (src/lib/store/keys/start-worker.ts), so it gets the same line here.
 */
const keyWorkerInVitest = {
	name: 'alongside:key-worker-in-vitest',
	transform: (code: string, id: string) =>
		id.endsWith('/src/lib/store/keys/key-worker.ts')
			? `globalThis.__vitest_browser_runner__ ??= { wrapDynamicImport: (part) => part() };\n${code}`
			: null
};

const chromium = process.env.CHROMIUM ?? '/usr/bin/chromium';

/** Only where it is tested: an app is built, and its settings are read, without the tests. */
const PULL_DOOR = pathToFileURL(resolve('tests/phone/pull-door.ts')).href;
const pullDoor = async () =>
	((await import(PULL_DOOR)) as { pullDoor: (rows: number) => Plugin }).pullDoor(2000);

/** Each project its own: Vitest writes the project's name into it. */
const inChromium = () => ({
	enabled: true,
	headless: true,
	screenshotFailures: false,
	instances: [{ browser: 'chromium' as const }],
	provider: playwright({
		launchOptions: {
			executablePath: chromium,
			// A microphone that beeps, and nobody who has to allow it.
			args: ['--no-sandbox', '--use-fake-device-for-media-stream', '--use-fake-ui-for-media-stream']
		}
	})
});

export default defineConfig({
	plugins: [sveltekit(), chunkNames()],
	build: {
		target: 'es2022',
		modulePreload: {
			/**
			 * The entry would name every script of every route, half a kilobyte of names that the lock screen waits for and a new route adds to. A
			 * family's routes come from the worker's precache, Home stands on the shell alone, and other pages name theirs in their HTML.
			 */
			resolveDependencies: (_file, deps, { hostId }) =>
				/\/entry\/app\.[^/]*$/.test(hostId) ? deps.filter((dep) => dep.endsWith('.css')) : deps
		}
	},
	// A build that takes a bad worker off every phone: `KILL_WORKER=1 npm run build` (service-worker/README.md).
	define: { __KILL_WORKER__: JSON.stringify(process.env.KILL_WORKER === '1') },
	server: { host: '127.0.0.1' },
	test: {
		// `isolate: false` below: these files share nothing that one of them changes, and each reads our modules once, not per file.
		projects: [
			{
				extends: true,
				test: {
					name: 'architecture',
					environment: 'node',
					isolate: false,
					include: ['tests/architecture/**/*.test.ts']
				}
			},
			{
				extends: true,
				test: {
					name: 'domain',
					environment: 'node',
					isolate: false,
					include: ['tests/unit/{domain,contract}/**/*.test.ts', 'tests/property/**/*.test.ts']
				}
			},
			{
				extends: true,
				test: {
					name: 'unit',
					environment: 'node',
					isolate: false,
					include: ['tests/unit/**/*.test.ts', 'tests/local-db/**/*.test.ts'],
					exclude: ['tests/unit/{domain,contract}/**', '**/*.long.test.ts']
				}
			},
			{
				extends: true,
				// One PGlite takes about 300 MB and a second to copy: two at a time on two cores.
				test: {
					name: 'server',
					environment: 'node',
					isolate: false,
					include: ['tests/server/**/*.test.ts'],
					exclude: ['**/*.long.test.ts'],
					maxWorkers: 2,
					testTimeout: 60_000,
					hookTimeout: 90_000
				}
			},
			{
				extends: true,
				// What takes minutes or needs PostgreSQL: run by the long tier only, one file after another.
				test: {
					name: 'long',
					environment: 'node',
					include: ['tests/**/*.long.test.ts'],
					maxWorkers: 1,
					testTimeout: 1_800_000,
					hookTimeout: 180_000
				}
			},
			{
				extends: true,
				plugins: [keyWorkerInVitest],
				test: {
					name: 'component',
					include: ['tests/component/**/*.test.ts'],
					browser: inChromium()
				}
			},
			{
				extends: true,
				plugins: [keyWorkerInVitest, process.env.VITEST ? pullDoor() : null],
				// What is measured in a browser: run by the long tier only.
				test: { name: 'phone', include: ['tests/phone/**/*.test.ts'], browser: inChromium() }
			}
		]
	}
});
