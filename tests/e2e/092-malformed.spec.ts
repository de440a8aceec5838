import { expect, test } from '@playwright/test';
import fc from 'fast-check';
import { startApp, type AppServer } from '../support/app-server.ts';
import { arbitraryOf } from '../support/arbitrary-of.ts';
import { DOORS, type Door } from '../support/every-door.ts';
import { knock, type Heard } from '../support/knock.ts';
import { dump, LAID_ENV, layInFolder } from '../support/laid-folder.ts';
import type { LaidFolder } from '../support/many-families.ts';

/**
 * Requests as nobody of ours would send them, over every endpoint, from many addresses: no fault of ours, no word about our
 * inside, no effect. Being told to wait (429) is a right answer.
 */
let server: AppServer;
let world: LaidFolder;

test.describe.configure({ mode: 'serial' });
test.beforeAll(async () => {
	test.setTimeout(300_000);
	world = layInFolder();
	const { dataDir } = world;
	server = await startApp({ dataDir, env: { ...LAID_ENV, TRUST_PROXY: '1' } });
});
test.afterAll(async () => {
	await server?.stop();
	server?.remove();
});

const METHODS = [
	'GET',
	'POST',
	'PUT',
	'PATCH',
	'DELETE',
	'OPTIONS',
	'HEAD',
	'TRACE',
	'PROPFIND',
	'PURGE',
	'M-SEARCH'
];
const OURS = { 'content-type': 'application/json', 'x-alongside': '1', 'sec-fetch-site': 'same-origin' };
const junk: fc.Arbitrary<unknown> = fc.oneof(
	fc.constantFrom(
		null,
		'',
		'\0',
		'\ud800',
		'🧷'.repeat(200),
		'../../etc/passwd',
		"' or 1=1 --",
		'{{7*7}}',
		'${jndi:x}'
	),
	fc.constantFrom(-1, 0, 1e308, -0, 2 ** 53, 1e21, true, false, [], {}),
	fc.constantFrom('__proto__', 'constructor', '<script>alert(1)</script>', '2026-02-31', '0000-00-00'),
	fc.anything({ maxDepth: 2, withNullPrototype: false })
);
const deep = (depth: number, open: string, close: string) => open.repeat(depth) + close.repeat(depth);

/** One place of a well-formed value is put wrong, doubled, taken away, or given company. */
function spoil(value: unknown, { at, how, wrong }: { at: number; how: number; wrong: unknown }): unknown {
	const places: [Record<string, unknown>, string][] = [];
	const walk = (inside: unknown) => {
		if (typeof inside !== 'object' || inside === null) return;
		for (const name of Object.keys(inside)) {
			places.push([inside as Record<string, unknown>, name]);
			walk((inside as Record<string, unknown>)[name]);
		}
	};
	const copy = structuredClone(value);
	walk(copy);
	const [holder, name] = places[at % Math.max(1, places.length)] ?? [];
	if (!holder || name === undefined) return wrong;
	if (how === 0) holder[name] = wrong;
	else if (how === 1) delete holder[name];
	else if (how === 2) holder[name] = [holder[name], wrong];
	else Object.defineProperty(holder, '__proto__', { value: wrong, enumerable: true, configurable: true });
	return copy;
}

const text = (value: unknown) => {
	try {
		return JSON.stringify(value) ?? 'undefined';
	} catch {
		return '{"a":1n}';
	}
};

type Sent = { method: string; path: string; headers: Record<string, string>; body: Buffer };
const session = () =>
	fc.constantFrom(
		'',
		`s=${world.families.alpha.token}`,
		`staff=${world.staff.manager.token}`,
		`s=\u00e9; s=x; =; ;;`,
		`s=${'x'.repeat(3000)}`
	);

type One = { door: Door; path: string };

/** About the shape that the endpoint takes, and then wrong in one of many ways. */
function malformed(): fc.Arbitrary<Sent> {
	// Four of five go where something is read from a body: most other doors only say that they take no POST.
	const doors = Object.values(DOORS).flatMap((door) =>
		door.paths(world.families.beta).flatMap((path) => Array<One>(door.shape ? 4 : 1).fill({ door, path }))
	);
	const body = ({ shape }: Door) => {
		const sound = shape ? arbitraryOf(shape) : fc.constant({});
		const spoiled = fc
			.tuple(sound, fc.nat(60), fc.nat(3), junk)
			.map(([value, at, how, wrong]) => Buffer.from(text(spoil(value, { at, how, wrong }))));
		return fc.oneof(
			{ weight: 6, arbitrary: spoiled },
			// Sound in shape, about nobody: refused for what it asks, not for how.
			{ weight: 3, arbitrary: sound.map((value) => Buffer.from(text(value))) },
			{ weight: 2, arbitrary: sound.map((value) => Buffer.from(text(value).slice(0, -1))) },
			{ weight: 2, arbitrary: fc.uint8Array({ maxLength: 300 }).map((bytes) => Buffer.from(bytes)) },
			{
				weight: 1,
				arbitrary: fc.constantFrom(
					...[
						deep(20_000, '[', ']'),
						deep(5_000, '{"a":', '}'),
						'"\\ud800"',
						'1e999',
						'{"a":"\xff\xfe"}',
						'\u0000',
						'null',
						''
					].map((one) => Buffer.from(one, 'latin1'))
				)
			},
			{
				weight: 1,
				arbitrary: fc
					.constantFrom(5_000, 130_000, 520_000, 900_000)
					.map((bytes) => Buffer.alloc(bytes, '{"a":"'))
			}
		);
	};
	const headers = fc.oneof(
		{ weight: 6, arbitrary: fc.constant(OURS) },
		{ weight: 1, arbitrary: fc.constant({}) },
		{
			weight: 3,
			arbitrary: fc.constantFrom<Record<string, string>>(
				{ ...OURS, 'content-type': 'application/json; charset=utf-16' },
				{ ...OURS, 'content-type': 'multipart/form-data; boundary=x' },
				{ ...OURS, 'content-type': 'application/x-www-form-urlencoded' },
				{ ...OURS, 'content-encoding': 'gzip' },
				{ ...OURS, 'x-http-method-override': 'DELETE' },
				{ ...OURS, 'x-forwarded-host': 'elsewhere.example', 'x-forwarded-proto': 'gopher' },
				{ ...OURS, 'x-forwarded-proto': 'https' },
				{ ...OURS, accept: '../../x', 'accept-language': 'q'.repeat(2000) },
				{ ...OURS, range: 'bytes=5-1', 'if-none-match': '"\\"', 'if-modified-since': 'yesterday' },
				{ ...OURS, 'x-sveltekit-action': 'true', 'x-sveltekit-invalidated': '11111' },
				{ ...OURS, expect: '100-continue' },
				{ ...OURS, upgrade: 'websocket', connection: 'upgrade' }
			)
		}
	);
	const tail = fc.oneof(
		{ weight: 8, arbitrary: fc.constant('') },
		{
			weight: 4,
			arbitrary: fc.constantFrom(
				'/',
				'//',
				'/..%2f..%2fetc%2fpasswd',
				'%00',
				'%ff',
				'%',
				'?x=%ff',
				'?a[]=1&a[__proto__]=2',
				'/__data.json',
				'?/suspend',
				'?/nothing',
				`?ref=${'%27'.repeat(80)}`,
				'?ref=%00',
				'?after=%ed%a0%80',
				';x=1',
				`?${'a=1&'.repeat(1500)}`
			)
		}
	);
	return fc.constantFrom(...doors).chain(({ door, path }) =>
		fc
			.record({
				method: fc.oneof(
					{ weight: 5, arbitrary: fc.constant('POST') },
					{ weight: 3, arbitrary: fc.constantFrom(...METHODS) }
				),
				tail,
				headers,
				// Ending one's own session is no harm: there it is asked without one.
				cookie: path === '/api/session/end' ? fc.constant('') : session(),
				from: fc.ipV4(),
				body: body(door)
			})
			.map(({ method, tail: end, headers: given, cookie, from, body: sent }) => ({
				method,
				path: path + end,
				headers: {
					host: `localhost:${server.port}`,
					'content-length': String(sent.byteLength),
					...given,
					...(cookie && { cookie }),
					'x-forwarded-for': from
				},
				body: sent
			}))
	);
}

const said = ({ method, path, headers, body }: Sent) =>
	`${method} ${path} ${JSON.stringify(headers)} ${body.subarray(0, 200).toString('latin1')}`;

function fault(sent: Sent, heard: Heard): string | null {
	if (heard.status >= 500) return `${heard.status}`;
	if (/\n\s+at |node_modules|\.(ts|js):\d+:\d+|Error:|syntax error|relation "/.test(heard.text))
		return 'a word about our inside';
	if (/Qbetaq|Qgammaq|Qzetaq/.test(heard.text) && !sent.headers.cookie?.startsWith('staff='))
		return 'words of a family';
	return null;
}

async function pelt(requests: number): Promise<void> {
	const statuses: Record<number, number> = {};
	const one = async (sent: Sent) => {
		const heard = await knock({ port: server.port, ...sent });
		statuses[heard.status] = (statuses[heard.status] ?? 0) + 1;
		const wrong = fault(sent, heard);
		if (wrong) throw new Error(`${wrong}: ${said(sent)}\n${heard.text.slice(0, 300)}`);
	};
	// Twenty at a time, as a scanner would.
	const batch = fc.array(malformed(), { minLength: 20, maxLength: 20 });
	await fc.assert(
		fc.asyncProperty(batch, async (many) => void (await Promise.all(many.map(one)))),
		{ numRuns: Math.ceil(requests / 20), endOnFailure: true }
	);
	console.log(`statuses: ${JSON.stringify(statuses)}`);
	// Not everything may have died at the first check: refusals of several kinds must have come.
	for (const status of [400, 401, 405, 413]) expect(statuses[status], String(status)).toBeGreaterThan(0);
	expect(
		(await knock({ port: server.port, method: 'GET', path: '/healthz', headers: { host: 'localhost' } }))
			.status
	).toBe(200);
}

/** A signed-in guardian's own changes are no harm; a malformed request must not make any all the same. */
async function unchanged(): Promise<void> {
	await server.stop();
	expect(server.printed()).not.toMatch(/^(api|page):/m);
	const after = dump(server.dataDir);
	for (const table of Object.keys(world.before)) expect(after[table], table).toEqual(world.before[table]);
}

test('@long 500 malformed requests: no fault of ours, no word about our inside, no effect', async () => {
	test.setTimeout(180_000);
	await pelt(500);
	await unchanged();
});

test('10,000 malformed requests @long', async () => {
	test.setTimeout(1_800_000);
	server = await startApp({ dataDir: server.dataDir, env: { ...LAID_ENV, TRUST_PROXY: '1' } });
	await pelt(10_000);
	await unchanged();
});
