import { dirname, join, normalize } from 'node:path/posix';
import { describe, expect, it } from 'vitest';
import { importsOf, sourceFiles } from './source-files.ts';

/**
 * The import table of blueprint §3 and codebases §4.3. `types` are rooms from which only `import type` may come; `npm` are
 * packages by prefix. Anything not named is forbidden.
 */
type Room = { name: string; at: RegExp; rooms: string[]; types?: string[]; npm: RegExp };
const NONE = /^$/;
const ROOMS: Room[] = [
	{ name: 'domain', at: /^src\/lib\/domain\//, rooms: [], npm: NONE },
	{ name: 'contract', at: /^src\/lib\/contract\//, rooms: ['domain'], npm: /^zod/ },
	{ name: 'store', at: /^src\/lib\/store\//, rooms: ['domain', 'contract'], npm: /^(dexie|hash-wasm)$/ },
	{
		name: 'browser',
		at: /^src\/lib\/browser\//,
		rooms: [],
		types: ['domain'],
		npm: /^workbox-window$|^@simplewebauthn\/browser$|^\$service-worker$/
	},
	{ name: 'sync', at: /^src\/lib\/sync\//, rooms: ['domain', 'contract', 'store', 'browser'], npm: NONE },
	{
		name: 'i18n',
		at: /^src\/lib\/i18n\//,
		rooms: [],
		types: ['domain'],
		npm: /^i18next$|^svelte\/reactivity$|^svelte$/
	},
	{
		name: 'ui',
		at: /^src\/lib\/ui\//,
		rooms: ['i18n'],
		types: ['domain'],
		npm: /^svelte(\/|$)|^@lucide\/svelte\/|^\$app\/paths$|^@fontsource\//
	},
	{
		// Yjs weighs as much as Kit: one file knows it, which is fetched once somebody writes.
		name: 'features (a draft on two phones)',
		at: /^src\/lib\/features\/views\/writing-doc\.ts$/,
		rooms: ['contract'],
		npm: /^yjs$/
	},
	{
		name: 'features',
		at: /^src\/lib\/features\//,
		rooms: ['domain', 'contract', 'store', 'sync', 'browser', 'i18n', 'ui'],
		npm: /^svelte(\/|$)|^\$app\/|^@lucide\/svelte\/|^\$service-worker$/
	},
	{
		name: 'server',
		at: /^src\/lib\/server\//,
		rooms: ['domain', 'contract'],
		npm: /^(node:|kysely|pg$|@electric-sql\/|zod|csv-parse|sax$|sharp$|yauzl$|uqr$|yjs$|openid-client$|jose$|nodemailer$|@simplewebauthn\/server$)/
	},
	{
		// A file that staff save is words: made where the words of its page are made, of what the server gave (docs/decisions/0021).
		name: 'routes (staff text)',
		at: /^src\/routes\/staff\/.*\/text\/\+server\.ts$/,
		rooms: ['server', 'features'],
		npm: NONE
	},
	{
		name: 'routes (server)',
		at: /^src\/routes\/.*(\+server|\.server)\.ts$/,
		rooms: ['server', 'contract', 'domain'],
		npm: /^@sveltejs\/kit$|^\$app\/|^node:/
	},
	{
		// It writes a page's language and direction into the first byte.
		name: 'hooks (server)',
		at: /^src\/hooks\.server\.ts$/,
		rooms: ['server', 'i18n'],
		npm: /^@sveltejs\/kit$|^\$app\//
	},
	{
		name: 'routes (pages)',
		at: /^src\/(routes\/.*(\.svelte|\+(page|layout)\.ts)|hooks\.client\.ts|params\/.*)$/,
		rooms: ['features', 'ui', 'i18n'],
		types: ['domain'],
		npm: /^svelte(\/|$)|^@sveltejs\/kit$|^\$app\//
	},
	{
		name: 'service-worker',
		at: /^service-worker\//,
		rooms: ['domain'],
		types: ['contract'],
		npm: /^workbox-|^\$service-worker$/
	}
];
const ROOM_NAMES = ['domain', 'contract', 'store', 'browser', 'sync', 'i18n', 'ui', 'features', 'server'];
/** The one feature that other features may import: what every family screen reads (docs/decisions/0004). */
const SHARED_FEATURE = 'open-case';

const files = sourceFiles(/^(src|service-worker)\/.*\.(ts|svelte|js)$/).filter(
	(f) => !f.path.endsWith('.d.ts')
);
const roomOf = (path: string) => ROOMS.find((room) => room.at.test(path));

/** `#store/x.ts` and `../../store/x.ts` both name a room. */
function targetOf(path: string, from: string): { room?: string; path?: string; npm?: string } {
	const mapped = /^#(\w+)\/(.*)$/.exec(from);
	const file = mapped
		? `src/lib/${mapped[1]}/${mapped[2]}`
		: from.startsWith('.')
			? normalize(join(dirname(path), from))
			: undefined;
	if (!file) return { npm: from };
	return { path: file, room: /^src\/lib\/(\w[\w-]*)\//.exec(file)?.[1] };
}

function faultsOf(path: string, text: string): string[] {
	const room = roomOf(path);
	if (!room) return [`${path}: belongs to no room`];
	return importsOf(text).flatMap(({ from, typeOnly }) => {
		const say = (why: string) => [`${path}: ${why} (${from})`];
		if (from === '$lib' || from.startsWith('$lib/')) return say('$lib is banned: import through #room/….ts');
		if (from.startsWith('./$types') || from === './$types.js') return [];
		const { room: target, path: file, npm } = targetOf(path, from);
		if (npm) return room.npm.test(npm) ? [] : say(`${room.name} may not import this package`);
		if (from.startsWith('#') && !/\.(ts|svelte|json|js|css)$|\?(url|worker&url|inline)$/.test(from))
			return say('write the file ending');
		if (!target)
			return room.name.startsWith('routes') || path.startsWith('src/') || room.name === 'service-worker'
				? []
				: say('outside every room');
		if (target === room.name) {
			if (target !== 'features') return [];
			const own = path.split('/')[3];
			const theirs = file?.split('/')[3];
			return own === theirs || theirs === SHARED_FEATURE
				? []
				: say('a feature never imports another feature');
		}
		if (room.rooms.includes(target)) return [];
		if (room.types?.includes(target)) return typeOnly ? [] : say(`only types may come from ${target}`);
		return say(`${room.name} may not import ${target}`);
	});
}

describe('rooms', () => {
	it('reads the whole source', () => expect(files.length).toBeGreaterThan(60));

	for (const room of ROOMS)
		it(`${room.name} imports only what its row allows`, () => {
			const inside = files.filter((file) => roomOf(file.path)?.name === room.name);
			expect(inside.length).toBeGreaterThan(0);
			expect(inside.flatMap((file) => faultsOf(file.path, file.text))).toEqual([]);
		});

	it('every file under src belongs to a room', () => {
		expect(files.filter((file) => !roomOf(file.path)).map((file) => file.path)).toEqual([]);
	});

	it('notices a forbidden import, so that the table is known to bite', () => {
		expect(faultsOf('src/lib/domain/x.ts', "import { z } from 'zod';")).toHaveLength(1);
		expect(faultsOf('src/lib/store/x.ts', "import X from '#ui/card/Card.svelte';")).toHaveLength(1);
		expect(
			faultsOf('service-worker/x.ts', "import { openDatabase } from '#server/db/open.ts';")
		).toHaveLength(1);
		expect(
			faultsOf('src/routes/+page.svelte', "<script>import { a } from '#store/a.ts';</script>")
		).toHaveLength(1);
		expect(faultsOf('src/lib/features/home/a.ts', "import { b } from '#features/people/b.ts';")).toHaveLength(
			1
		);
		expect(faultsOf('src/lib/ui/card/a.ts', "import { b } from '#domain/law/milestone.ts';")).toHaveLength(1);
		expect(
			faultsOf('src/lib/ui/card/a.ts', "import type { B } from '#domain/law/milestone.ts';")
		).toHaveLength(0);
		expect(faultsOf('src/lib/ui/card/a.ts', "const a = await import('$lib/x');")).toHaveLength(1);
	});

	it('each room explains itself in a README', () => {
		const readmes = sourceFiles(/README\.md$/).map((file) => file.path);
		const wanted = [
			...ROOM_NAMES.map((name) => `src/lib/${name}/README.md`),
			'src/routes/README.md',
			'service-worker/README.md'
		];
		expect(wanted.filter((path) => !readmes.includes(path))).toEqual([]);
	});
});
