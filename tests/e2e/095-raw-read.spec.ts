import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test, type Page } from '@playwright/test';
import { startApp, type AppServer } from '../support/app-server.ts';
import { lockNow, lockScreen, setPin, typePin } from '../support/lock.ts';
import { lettersOf, redeemLetter, untilOffline } from '../support/parent.ts';
import { readRaw, type Stored } from '../support/raw-read.ts';

/**
 * What a stranger with developer tools finds on a phone after a family used the demo: no name, date of birth, note or officer's
 * words, in no database, cache or storage, with the lock open and shut.
 */
let server: AppServer;
test.beforeAll(async () => void (server = await startApp()));
test.afterAll(async () => {
	await server.stop();
	server.remove();
});

const PIN = '482915';
/** Typed in this test; words that no file of the app holds. */
const TYPED = { person: 'Wilhelmina Quartermaine', what: 'Zebrafinch tutor', phone: '01632 960777' };

type Persona = {
	guardians: { name: string; ref: string }[];
	cases: {
		ref: string;
		child: Record<string, string>;
		events: { note?: string }[];
	}[];
};
const demo = 'src/lib/server/demo';
const read = (path: string) => JSON.parse(readFileSync(path, 'utf8')) as unknown;

/** Every word of every persona that is somebody's: children, guardians, officers, notes, references, birthdays. */
function words(): string[] {
	const personas = readdirSync(join(demo, 'personas')).map(
		(name) => read(join(demo, 'personas', name)) as Persona
	);
	const { officers } = read(join(demo, 'council.json')) as {
		officers: { name: string; email?: string; phone?: string; team?: string }[];
	};
	const said = [
		...personas.flatMap(({ guardians, cases }) => [
			...guardians.flatMap(({ name, ref }) => [name, ref]),
			...cases.flatMap(({ ref, child, events }) => [
				ref,
				...Object.values(child),
				...events.flatMap(({ note }) => note ?? [])
			])
		]),
		...officers.flatMap(({ name, email, phone, team }) => [name, email ?? '', phone ?? '', team ?? '']),
		...lettersOf(server.printed()).flatMap(({ bornOn, code }) => [bornOn, code]),
		...Object.values(TYPED)
	];
	return [...new Set(said)].filter((word) => word.length >= 4);
}

/** Our own scripts and words in the cache hold no family's; a persona's given name may be a word in them. */
const isOurs = (place: string) => /^cache .*\/_app\/immutable\//.test(place);
function inClear(stored: Stored): string[] {
	return stored.flatMap(({ place, text }) =>
		words()
			// What a case is about is in clear nowhere but in our own code.
			.concat(isOurs(place) ? [] : ['assessment.requested', 'speech-and-language', 'guardian'])
			.filter((word) => text.includes(word))
			.map((word) => `${place}: ${word}`)
	);
}

async function useEverything(page: Page): Promise<void> {
	for (const path of [
		'',
		'/timeline',
		'/people',
		'/new',
		'/calendar',
		'/dates',
		'/settings',
		'/more',
		'/who-looked',
		'/devices'
	]) {
		await show(page, path);
	}
}

/** A page that is opened anew has no key left: with a lock set it asks for the PIN. */
async function show(page: Page, path: string): Promise<void> {
	await page.goto(`${server.origin}/app${path}`);
	await expect(page.getByRole('heading', { level: 1 })).toHaveText(/\S/);
	if (!(await lockScreen(page).isVisible())) return;
	await typePin(page, PIN);
	await expect(lockScreen(page)).toBeHidden();
	await expect(page.getByRole('heading', { level: 1 })).toHaveText(/\S/);
}

async function addPerson(page: Page): Promise<void> {
	await page.goto(`${server.origin}/app/people#add`);
	await page.getByLabel('Name', { exact: true }).fill(TYPED.person);
	await page.getByLabel('What they do').fill(TYPED.what);
	await page.getByLabel('Phone', { exact: true }).fill(TYPED.phone);
	await page.getByRole('button', { name: 'Save', exact: true }).click();
	await expect(page.getByText(TYPED.person).first()).toBeVisible();
}

test('the reader finds what is planted, in every kind of storage and in both forms of bytes', async ({
	page
}) => {
	await page.goto(`${server.origin}/app`);
	await page.evaluate(async (word) => {
		localStorage.setItem('planted', word);
		const wide = new Uint8Array(Uint16Array.from(word, (letter) => letter.charCodeAt(0)).buffer);
		await (await caches.open('planted')).put('/planted', new Response(new TextEncoder().encode(word)));
		await new Promise((resolve) => {
			const asked = indexedDB.open('planted');
			asked.onupgradeneeded = () => asked.result.createObjectStore('rows').put({ deep: [{ wide }] }, 1);
			asked.onsuccess = () => (asked.result.close(), resolve(null));
		});
	}, TYPED.person);
	const found = inClear(await readRaw(page)).map((line) => line.replace(/ http:\S+(?=:)/, ''));
	expect(found.sort()).toEqual([
		`cache planted: ${TYPED.person}`,
		`localStorage planted: ${TYPED.person}`,
		`planted/rows: ${TYPED.person}`
	]);
});

test('@long nothing of a family lies in clear: before a lock, with the lock open, and locked', async ({
	page
}) => {
	test.setTimeout(300_000);
	const letter = lettersOf(server.printed()).find((one) => one.child === 'Amira')!;
	await redeemLetter(page, server.origin, letter);
	await untilOffline(page);
	await addPerson(page);
	await useEverything(page);
	const open = await readRaw(page);
	// The reader reads: it finds the sealed rows and the files of the app.
	expect(open.length).toBeGreaterThan(20);
	expect(open.some(({ place, text }) => /rows/.test(place) && text.length > 2_000)).toBe(true);
	expect(words().length).toBeGreaterThan(40);
	expect(inClear(open)).toEqual([]);
	expect(open.filter(({ text }) => /key extractable=true/.test(text)).map(({ place }) => place)).toEqual([]);

	await setPin(page, server.origin, PIN);
	await useEverything(page);
	expect(inClear(await readRaw(page))).toEqual([]);

	await show(page, '');
	await lockNow(page);
	const locked = await readRaw(page);
	expect(inClear(locked)).toEqual([]);
	const drawn = await page.evaluate(() => document.documentElement.outerHTML + document.title);
	expect(words().filter((word) => drawn.includes(word))).toEqual([]);
	// Nothing that is left opens the rows by itself.
	expect(locked.filter(({ text }) => /key extractable=true/.test(text)).map(({ place }) => place)).toEqual(
		[]
	);
});
