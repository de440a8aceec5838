import { join } from 'node:path';
import { currentServerKey } from '#server/access/server-keys.ts';
import { readConfig } from '#server/config.ts';
import { openDatabase, type Database } from '#server/db/open-database.ts';
import { TEST_SECRET } from './database.ts';
import { oneChild, runtimeOn } from './family.ts';
import { run } from './processes.ts';
import { PushingPhone } from './pushing-phone.ts';
import { Phone } from './sign-in.ts';

const writer = join(import.meta.dirname, 'writer-process.ts');
/** Where the data is: a folder, or a PostgreSQL that may crash too. */
export type Place = { env: Record<string, string>; crash?: () => Promise<void> };
/** `lost`: acknowledged and not there; `doubled`: there more than once; `otherwise`: asked again, another answer. */
export type Count = { acked: number; pushed: number; lost: string[]; doubled: string[]; otherwise: string[] };

/**
 * Starts a server on one place again and again, which writes by itself while three phones of two families push to it, and kills it at another
 * commit each time, in the middle of whatever it does. Then everything that was acknowledged is looked for, and asked for again.
 */
export async function killWriters({ env: place, crash }: Place, kills: number): Promise<Count> {
	const env = { ...place, SERVER_SECRET: TEST_SECRET };
	const open = () => openDatabase(readConfig(env));
	const first = await open();
	const phones = await signIn(first).finally(() => first.close());
	const acked: number[] = [];
	for (let kill = 0; kill < kills; kill++) {
		const from = kill * 100_000;
		const last = from + 10 + ((kill * 37) % 60);
		const enough = 3 + ((kill * 7) % 11);
		const one = run(writer, [String(from)], { ...env, PUSHES: '1' });
		const port = /\d+$/.exec(await one.line(/^listening \d+$/))![0];
		const pushing = pushUntilItDies(phones, { origin: `http://127.0.0.1:${port}`, enough });
		await Promise.all([one.line(new RegExp(`^ack ${last}$`)), pushing.enough]);
		one.child.kill('SIGKILL');
		const { out } = await one.finished;
		await pushing.ended;
		// The last line may be cut: only whole ones were said.
		const whole = out.slice(0, out.lastIndexOf('\n')).split('\n');
		acked.push(...whole.filter((text) => text.startsWith('ack ')).map((text) => Number(text.slice(4))));
		if (kill % 20 === 19) await crash?.();
	}
	const last = run(writer, [String(kills * 100_000)], { ...env, PUSHES: '1' });
	const port = /\d+$/.exec(await last.line(/^listening \d+$/))![0];
	for (const phone of phones) {
		phone.origin = `http://127.0.0.1:${port}`;
		await phone.askAgain();
	}
	last.child.kill('SIGKILL');
	await last.finished;
	const database = await open();
	const count = await lookFor(database, { acked, phones }).finally(() => database.close());
	return { ...count, otherwise: phones.flatMap((phone) => phone.otherwise) };
}

/** Two families; two phones write into the same places. */
export async function signIn(database: Database): Promise<PushingPhone[]> {
	const server = runtimeOn(database);
	const key = await database.transact((tx) => currentServerKey(tx, { secret: TEST_SECRET, now: new Date() }));
	const phones: PushingPhone[] = [];
	for (const [ref, guardians] of [
		['KILL-1', ['K1', 'K2']],
		['KILL-2', ['K3']]
	] as const) {
		const child = await oneChild(database, ref, { guardians: [...guardians] });
		for (const guardian of guardians) {
			const phone = new Phone(server);
			await phone.letter(child.scopeId, guardian);
			const { deviceId, jar } = phone.browser;
			const cookie = [...jar].map(([name, value]) => `${name}=${value}`).join('; ');
			phones.push(new PushingPhone({ deviceId, cookie, caseId: child.caseId, accountId: phone.userId }, key));
		}
	}
	return phones;
}

function pushUntilItDies(phones: PushingPhone[], { origin, enough }: { origin: string; enough: number }) {
	let heard = 0;
	let isEnough = () => {};
	const counted = new Promise<void>((resolve) => (isEnough = resolve));
	const one = async (phone: PushingPhone) => {
		phone.origin = origin;
		for (;;) {
			for (let n = 0; n < 2; n++) await phone.write();
			const before = phone.acks.size;
			if (!(await phone.push())) return;
			heard += phone.acks.size - before;
			if (heard >= enough) isEnough();
		}
	};
	return { enough: counted, ended: Promise.all(phones.map(one)) };
}

type Looked = { acked: number[]; phones: PushingPhone[] };
export async function lookFor(
	database: Database,
	{ acked, phones }: Looked
): Promise<Omit<Count, 'otherwise'>> {
	const rows = await database.db.selectFrom('scope_row').select(['scope_id', 't', 'id', 'v']).execute();
	const kept = new Map(rows.map((row) => [`${row.scope_id} ${row.t} ${row.id}`, JSON.stringify(row.v)]));
	const own = acked.filter((n) => !kept.get(`ref:KILL:s${n % 5} line n${n}`)?.includes(`"n":${n},`));
	const written = phones.flatMap((phone) => phone.written);
	const gone = written.filter(
		({ scope, t, id, text }) => !kept.get(`${scope} ${t} ${id}`)?.includes(JSON.stringify(text))
	);
	const unsaid = phones.flatMap((phone) => phone.waiting.map(({ mid }) => mid));
	const refused = phones.flatMap((phone) =>
		[...phone.acks.values()].filter(({ status }) => status !== 'done')
	);
	const words = rows.map((row) => JSON.stringify(row.v)).join('\n');
	const twice = written.filter(({ text }) => words.split(JSON.stringify(text)).length > 2);
	return {
		acked: acked.length,
		pushed: written.length,
		lost: [
			...own.map(String),
			...gone.map(({ mid }) => mid),
			...unsaid,
			...refused.map(({ mid, code }) => `${mid} ${code}`)
		],
		doubled: twice.map(({ mid }) => mid)
	};
}
