import { describe, expect, it } from 'vitest';
import { chunkFolder, chunkNames } from '../../../service-worker/chunk-names.ts';
import { isLanguageFile, precacheList } from '../../../service-worker/precache.ts';

const I = '/_app/immutable';
const built = {
	build: [
		`${I}/entry/start.AAAA.js`,
		`${I}/entry/app.BBBB.js`,
		`${I}/chunks/CCCC.js`,
		`${I}/nodes/0.DDDD.js`,
		`${I}/nodes/12.EEEE.js`,
		`${I}/assets/0.FFFF.css`,
		`${I}/assets/12.GGGG.css`,
		`${I}/staff/nodes/2.HHHH.js`,
		`${I}/staff/IIII.js`,
		`${I}/assets/2.JJJJ.css`,
		`${I}/words/en/home.KKKK.js`,
		`${I}/words/ur/home.LLLL.js`,
		`${I}/words/pl/home.MMMM.js`,
		`${I}/assets/figtree-latin-400-normal.NNNN.woff2`,
		`${I}/assets/figtree-latin-700-normal.OOOO.woff2`,
		`${I}/assets/figtree-latin-ext-400-normal.PPPP.woff2`,
		`${I}/assets/noto-nastaliq-urdu-arabic-400-normal.QQQQ.woff2`
	],
	files: [
		'/early.js',
		'/manifest.webmanifest',
		'/icons/192.png',
		'/robots.txt',
		'/screenshots/home.png',
		'/favicon.ico'
	],
	prerendered: ['/app'],
	version: 'v1'
};

describe('the precache list', () => {
	it('is exactly the shell in English: no staff, no other language, no other letters', () => {
		expect(precacheList(built)).toEqual([
			{ url: `${I}/entry/start.AAAA.js`, revision: null },
			{ url: `${I}/entry/app.BBBB.js`, revision: null },
			{ url: `${I}/chunks/CCCC.js`, revision: null },
			{ url: `${I}/nodes/0.DDDD.js`, revision: null },
			{ url: `${I}/nodes/12.EEEE.js`, revision: null },
			{ url: `${I}/assets/0.FFFF.css`, revision: null },
			{ url: `${I}/assets/12.GGGG.css`, revision: null },
			{ url: `${I}/words/en/home.KKKK.js`, revision: null },
			{ url: `${I}/assets/figtree-latin-400-normal.NNNN.woff2`, revision: null },
			{ url: `${I}/assets/figtree-latin-700-normal.OOOO.woff2`, revision: null },
			{ url: '/app', revision: 'v1' },
			{ url: '/early.js', revision: 'v1' },
			{ url: '/manifest.webmanifest', revision: 'v1' },
			{ url: '/icons/192.png', revision: 'v1' },
			{ url: '/favicon.ico', revision: 'v1' }
		]);
	});

	it('refuses a build without a shell', () => {
		expect(() => precacheList({ ...built, prerendered: [] })).toThrow('/app');
	});

	it('knows what belongs to a language', () => {
		expect(built.build.filter(isLanguageFile)).toEqual([
			`${I}/words/ur/home.LLLL.js`,
			`${I}/words/pl/home.MMMM.js`,
			`${I}/assets/figtree-latin-ext-400-normal.PPPP.woff2`,
			`${I}/assets/noto-nastaliq-urdu-arabic-400-normal.QQQQ.woff2`
		]);
		expect(isLanguageFile('/elsewhere/words/ur/home.js')).toBe(false);
	});
});

describe('names of built files', () => {
	const ur = '/x/src/lib/i18n/locales/ur/home.json';
	it('say which language or that they are for staff', () => {
		expect(chunkFolder([ur])).toBe('words/ur');
		expect(chunkFolder(['C:\\x\\src\\lib\\i18n\\locales\\pl\\home.json'])).toBe('words/pl');
		expect(chunkFolder([ur, '/x/src/lib/i18n/locales/pl/home.json'])).toBeNull();
		expect(chunkFolder([ur, '/x/src/lib/i18n/bidi.ts'])).toBeNull();
		expect(chunkFolder(['/x/src/routes/staff/cases/+page.svelte'])).toBe('staff');
		expect(chunkFolder(['/x/src/routes/sign-in/+page.svelte'])).toBe('staff');
		expect(chunkFolder(['/x/src/routes/app/+page.svelte'])).toBeNull();
		// A family signs in inside the app, and must be able to open that page without a connection.
		expect(chunkFolder(['/x/src/routes/app/sign-in/+page.svelte'])).toBeNull();
		expect(chunkFolder(['/x/src/lib/features/staff/CaseList.svelte'])).toBe('staff');
		expect(chunkFolder(['/x/src/lib/i18n/locales/en/staff.json'])).toBe('staff');
		expect(chunkFolder([])).toBeNull();
	});

	it('change in the browser’s build only', () => {
		const plugin = chunkNames();
		expect(plugin.outputOptions({ chunkFileNames: 'chunks/[name].js' })).toBeNull();
		const named = plugin.outputOptions({
			chunkFileNames: '_app/immutable/chunks/[hash].js',
			entryFileNames: '_app/immutable/[name].[hash].js'
		})!;
		const chunk = named.chunkFileNames as unknown as (chunk: { moduleIds: string[] }) => string;
		const entry = named.entryFileNames as unknown as (chunk: { moduleIds: string[] }) => string;
		expect(chunk({ moduleIds: [ur] })).toBe('_app/immutable/words/ur/[hash].js');
		expect(chunk({ moduleIds: ['/x/a.ts'] })).toBe('_app/immutable/chunks/[hash].js');
		expect(entry({ moduleIds: ['/x/src/routes/staff/+page.svelte'] })).toBe(
			'_app/immutable/staff/[name].[hash].js'
		);
		expect(entry({ moduleIds: ['/x/src/routes/app/+page.svelte'] })).toBe('_app/immutable/[name].[hash].js');
	});
});
