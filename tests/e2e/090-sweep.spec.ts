import { execFileSync } from 'node:child_process';
import { expect, test } from '@playwright/test';
import { startApp, type AppServer } from '../support/app-server.ts';
import { DOORS } from '../support/every-door.ts';
import { knock, type Heard } from '../support/knock.ts';
import { dump, LAID_ENV, layInFolder } from '../support/laid-folder.ts';
import type { Family, LaidFolder, Staff } from '../support/many-families.ts';

/**
 * Every route and endpoint that Kit knows, asked by everybody who might ask, in every method, about every family that is not
 * theirs (`tests/architecture/every-door.test.ts` fails on a route without a row). Nothing of another family stands in any answer, and nothing of another family has changed afterwards.
 */
const METHODS = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'];
/** A family's words: its mark, and which of them. `Row` is an address: nobody's to read. */
const WORDS = /Q(?:alpha|beta|gamma|delta|epsilon|zeta)q(?: [A-Za-z]+)?/g;

/** Drawn in the browser or the same for everybody: no session is looked at. */
const FOR_ANYBODY = /^\/(app|\[\[)/;

/** A method that no door knows is refused before anybody looks who asks: three kinds of askers are enough for those. */
const EVERY_METHOD = ['nobody', 'alpha', 'a manager'];

/** `council`: of staff, the one they act for. */
type Asker = { cookie: string; as?: Family; council?: string | null; may: (word: string) => boolean };

let server: AppServer;
let world: LaidFolder;
let askers: Record<string, Asker>;

test.describe.configure({ mode: 'serial' });
test.beforeAll(async () => {
	test.setTimeout(300_000);
	world = layInFolder();
	const { dataDir } = world;
	server = await startApp({ dataDir, env: LAID_ENV });
	const { families, staff } = world;
	const family = (as: Family, may: RegExp): Asker => ({
		cookie: `s=${as.token}`,
		as,
		may: (word) => may.test(word)
	});
	const desk = ({ token, council }: Staff, may: RegExp): Asker => ({
		council,
		cookie: `staff=${token}`,
		may: (word) => may.test(word)
	});
	const NOTHING = /^(?!)/;
	askers = {
		nobody: { cookie: '', may: () => false },
		'a forged session': { cookie: `s=${'A'.repeat(43)}; staff=${'B'.repeat(43)}`, may: () => false },
		alpha: family(families.alpha, /^Qalphaq(?! Row| yp)/),
		beta: family(families.beta, /^Qbetaq(?! Row| yp)/),
		'a family of another council': family(families.gamma, /^Qgammaq(?! Row| yp)/),
		'a suspended guardian': family(families.delta, /^Qdeltaq (user|phone)/),
		'a revoked phone': family(families.epsilon, NOTHING),
		'a parent whom the young person shut out': family(
			families.parent,
			/^Qzetaq (fam|own|user|phone|sentparent)/
		),
		'a young person': family(families.young, /^Qzetaq(?! Row| fam| sentparent)/),
		'a manager': desk(staff.manager, /^Q(alpha|beta|delta|epsilon|zeta)q(?! Row| fam| yp| own| user| phone)/),
		'staff of another council': desk(staff.far, /^Qgammaq(?! Row| fam| yp| own| user| phone)/),
		'a publisher': desk(staff.publisher, NOTHING),
		'staff without a role': desk(staff.nobody, NOTHING)
	};
});
test.afterAll(async () => {
	await server?.stop();
	server?.remove();
});

const own = { 'x-alongside': '1', 'sec-fetch-site': 'same-origin', 'content-type': 'application/json' };
const ask = (cookie: string, method: string, path: string, more: { headers?: object; body?: string } = {}) =>
	knock({
		port: server.port,
		method,
		path,
		headers: {
			host: `localhost:${server.port}`,
			origin: server.origin,
			...(cookie && { cookie }),
			...(more.headers as Record<string, string>)
		},
		...(more.body !== undefined && { body: more.body })
	});

type Asking = { what: string; method: string; path: string; headers: Record<string, string>; body?: string };

/** All that one asker can ask of one door about one victim; `every` method, or those that do something. */
function allOf(
	route: string,
	{ asker, victim, every }: { asker: Asker; victim: Family; every: boolean }
): Asking[] {
	const door = DOORS[route]!;
	const all: Asking[] = [];
	for (const path of door.paths(victim)) {
		for (const method of every ? METHODS : ['GET', 'POST']) {
			// Ending one's own session is what it is for: asked once, last of all.
			if (route === '/api/session/end' && method === 'POST') continue;
			const bodies = door.bodies?.(victim, Object.values(world.families), asker.as ?? victim) ?? [{}];
			const none = method === 'GET' || method === 'HEAD' || method === 'OPTIONS';
			for (const body of none ? [undefined] : method === 'POST' ? bodies : bodies.slice(0, 1))
				all.push({
					what: `${method} ${path}`,
					method,
					path,
					headers: own,
					...(body !== undefined && { body: JSON.stringify(body) })
				});
		}
		for (const { action, fields } of door.forms?.(victim) ?? []) {
			const to = action ? `${path}?/${action}` : path;
			const headers = {
				'content-type': 'application/x-www-form-urlencoded',
				'sec-fetch-site': 'same-origin'
			};
			const body = new URLSearchParams(fields).toString();
			all.push({ what: `form ${to}`, method: 'POST', path: to, headers, body });
		}
	}
	return all;
}

function faultsOf(what: string, heard: Heard, asker: Asker): string[] {
	const faults: string[] = [];
	const text = heard.text + JSON.stringify(heard.headers);
	// Health says 503 when the database is busy for 2 s, as it is on a machine that does much else.
	const busy = what.endsWith('/healthz') && heard.status === 503;
	if (!busy && (heard.status >= 500 || heard.status === 0)) faults.push(`${what}: ${heard.status}`);
	for (const word of new Set(text.match(WORDS) ?? []))
		// An address with a reference in it says that reference back, as the asker typed it.
		if (!asker.may(word) && !what.includes(word)) faults.push(`${what}: ${heard.status} says "${word}"`);
	if (/\n\s+at |node_modules|\.ts:\d+/.test(heard.text)) faults.push(`${what}: a stack trace`);
	if (heard.headers['x-content-type-options'] !== 'nosniff') faults.push(`${what}: no nosniff`);
	for (const cookie of [heard.headers['set-cookie'] ?? []].flat())
		if (!/httponly/i.test(cookie) || !/samesite=(lax|strict)/i.test(cookie))
			faults.push(`${what}: ${cookie}`);
	return faults;
}

const ownDuty = (name: string, route: string) =>
	route === '/staff/council' || (route.startsWith('/staff/cases/[ref]') && name !== 'a publisher');

test('nothing of another family stands in any answer to anybody', async () => {
	test.setTimeout(900_000);
	const faults = new Set<string>();
	for (const [name, asker] of Object.entries(askers)) {
		// One of their own council, one of another, and a record with two sides: what holds for these holds for more of them.
		const { alpha, beta, gamma, young } = world.families;
		const victims = [alpha, beta, gamma, young].filter((one) => one.caseId !== asker.as?.caseId).slice(-3);
		const asked = Object.keys(DOORS).flatMap((route) =>
			victims
				// Pages that take nobody's words are the same about everybody.
				.filter((_, n) => n === 0 || !FOR_ANYBODY.test(route))
				// Staff choose their own council, and a manager decides about its families: that is no way across.
				.filter(({ council }) => council !== asker.council || !ownDuty(name, route))
				.flatMap((victim, n) =>
					allOf(route, { asker, victim, every: n === 0 && EVERY_METHOD.includes(name) })
				)
		);
		expect(asked.length, name).toBeGreaterThan(120);
		const one = async ({ what, method, path, ...more }: Asking) => {
			for (const fault of faultsOf(what, await ask(asker.cookie, method, path, more), asker))
				faults.add(`${name}: ${fault}`);
		};
		// A few at a time, as an attacker would; in any order, since none may do anything.
		const line = [...asked];
		const next = async (): Promise<void> => {
			for (let asking = line.pop(); asking; asking = line.pop()) await one(asking);
		};
		await Promise.all(Array.from({ length: 6 }, next));
	}
	expect([...faults]).toEqual([]);
});

test('everybody gets what is theirs, so that the sweep did not look at closed doors only', async () => {
	const seen = async (name: string, method: string, path: string, body?: object) => {
		const more = { headers: own, ...(body && { body: JSON.stringify(body) }) };
		const heard = await ask(askers[name]!.cookie, method, path, more);
		expect(faultsOf(path, heard, askers[name]!)).toEqual([]);
		return { status: heard.status, words: [...new Set(heard.text.match(WORDS) ?? [])].sort() };
	};
	const pull = (name: string) => {
		const me = askers[name]!.as!;
		const [body] = DOORS['/api/sync/pull']!.bodies!(me, Object.values(world.families), me);
		return seen(name, 'POST', '/api/sync/pull', body as object);
	};
	const mine = (mark: string, tails: string[]) =>
		tails.map((tail) => (tail ? `${mark} ${tail}` : mark)).sort();
	const record = ['', 'Child', 'Officer', 'School', 'note', 'own', 'user'];
	expect((await pull('alpha')).words).toEqual(mine('Qalphaq', [...record, 'fam', 'sentparent']));
	expect((await pull('a family of another council')).words).toEqual(
		mine('Qgammaq', [...record, 'fam', 'sentparent'])
	);
	expect((await pull('a young person')).words).toEqual(mine('Qzetaq', [...record, 'yp', 'sentyoungperson']));
	expect((await pull('a parent whom the young person shut out')).words).toEqual(
		mine('Qzetaq', ['fam', 'own', 'user', 'sentparent'])
	);
	expect((await pull('a suspended guardian')).words).toEqual(['Qdeltaq user']);
	expect((await pull('a revoked phone')).status).toBe(401);
	const { alpha, gamma } = world.families;
	expect((await seen('a manager', 'GET', `/staff/cases/${alpha.ref}`)).words).toContain('Qalphaq note');
	expect((await seen('staff of another council', 'GET', `/staff/cases/${gamma.ref}`)).words).toContain(
		'Qgammaq note'
	);
	const sent = `/staff/cases/${alpha.ref}/sent/${alpha.sentId}`;
	for (const path of [`/staff/cases/${alpha.ref}`, sent])
		expect((await seen('a manager', 'GET', path)).words).toContain('Qalphaq sentparent');
	// What is inside a file: opened for the officer, sealed for whoever sent it, not there for anybody else.
	const inside = `${sent}/files/${alpha.blobId}`;
	expect((await seen('a manager', 'GET', inside)).words).toEqual(['Qalphaq sentparent']);
	expect(await seen('alpha', 'GET', `/api/blobs/${alpha.blobId}`)).toEqual({ status: 200, words: [] });
	expect((await seen('beta', 'GET', `/api/blobs/${alpha.blobId}`)).status).toBe(404);
	expect((await seen('a publisher', 'GET', inside)).status).toBe(403);
	expect((await seen('nobody', 'GET', inside)).status).toBe(303);
	expect((await seen('a publisher', 'GET', sent)).status).toBe(403);
	expect((await seen('nobody', 'GET', sent)).status).toBe(303);
	expect((await seen('a publisher', 'GET', `/staff/cases/${alpha.ref}`)).status).toBe(403);
	expect((await seen('staff without a role', 'GET', `/staff/cases/${alpha.ref}`)).status).toBe(303);
	expect((await seen('nobody', 'GET', `/staff/cases/${alpha.ref}`)).status).toBe(303);
	// What the manager and nobody else opened stands in what the family may ask.
	const looks = await ask(askers.alpha!.cookie, 'POST', '/api/looks', { headers: own, body: '{}' });
	expect(JSON.parse(looks.text)).toMatchObject({
		cases: [{ caseId: alpha.caseId, looks: [{ role: 'manager' }] }]
	});
});

test('another site gets nothing, whoever’s cookie the browser sends along', async () => {
	const alpha = askers.alpha!;
	const foreign = [
		{ 'sec-fetch-site': 'cross-site', 'content-type': 'application/json', 'x-alongside': '1' },
		{ 'sec-fetch-site': 'same-site', 'content-type': 'application/json', 'x-alongside': '1' },
		{ origin: 'https://elsewhere.example', 'content-type': 'application/json', 'x-alongside': '1' },
		{ 'sec-fetch-site': 'same-origin', 'content-type': 'application/json' },
		{ 'sec-fetch-site': 'same-origin', 'content-type': 'text/plain', 'x-alongside': '1' }
	];
	const faults: string[] = [];
	for (const route of Object.keys(DOORS).filter((one) => DOORS[one]!.shape))
		for (const path of DOORS[route]!.paths(world.families.alpha))
			for (const headers of foreign) {
				const { alpha: me } = world.families;
				const [body] = DOORS[route]!.bodies!(me, [me], me);
				const heard = await ask(alpha.cookie, 'POST', path, { headers, body: JSON.stringify(body) });
				if (heard.status < 400 || WORDS.test(heard.text))
					faults.push(`${path} ${JSON.stringify(headers)}: ${heard.status}`);
			}
	const forms = { 'content-type': 'application/x-www-form-urlencoded', origin: 'https://elsewhere.example' };
	for (const { action, fields } of DOORS['/staff/cases/[ref]']!.forms!(world.families.alpha)) {
		const path = `/staff/cases/${world.families.alpha.ref}?/${action}`;
		const body = new URLSearchParams(fields).toString();
		const heard = await ask(askers['a manager']!.cookie, 'POST', path, { headers: forms, body });
		if (heard.status !== 403) faults.push(`${path}: ${heard.status}`);
	}
	expect(faults).toEqual([]);
});

test('afterwards nothing of any family has changed', async () => {
	await server.stop();
	const after = dump(server.dataDir);
	// The one thing a removed phone may still do: hand over what it had not sent, as its own.
	const { quarantine = [], ...rest } = after;
	for (const row of quarantine) expect(row).toContain(world.families.epsilon.accountId);
	for (const table of Object.keys(rest)) expect(rest[table], table).toEqual(world.before[table]);
	execFileSync('node', ['scripts/db.ts', 'audit-head'], {
		env: { ...process.env, DATA_DIR: server.dataDir, ...LAID_ENV }
	});
});
