import type { PushRequest } from '../src/lib/contract/sync/push.ts';

/**
 * Posts what waits to be sent while no page is open, when the browser says that the network is back (`sync` event). It reads the outbox as it lies
 * there: envelopes that only the server opens, and what stands around them in clear. No key, no row opened, nothing marked as
 * answered: the next page asks again, and the server knows each change by its `mid`. Sending by a page stays what is promised.
 */
export const TAG = 'alongside-post';
/** The lock under which pages sync (src/lib/sync/create-sync.ts). */
export const LOCK = 'alongside-sync';
/** As `contract/version.ts` and `store/db.ts` have them; a test holds them together, since the worker takes no values from there. */
export const PROTO = 1;
export const SCHEMA = 1;
/** Versions of a profile's database that have this outbox. One that is newer is left to its own app. */
export const OLDEST = 2;
export const NEWEST = 3;
/** As `contract/sync/push.ts` and `sync/push.ts` have them: changes, and bytes of envelopes, in one request. */
export const MOST = 50;
export const BYTES = 400_000;

/** As `sync/transport.ts` and `browser/connectivity.ts` have them. */
const PATIENCE_MS = 45_000;
const CHECK_MS = 5_000;

type Mutation = PushRequest['mutations'][number];
/** A row of the outbox; the rest of it is none of the worker's business and stays as it is. */
export type Row = Omit<Mutation, 'envelope'> & {
	envelope?: Mutation['envelope'];
	offered: boolean;
	ack?: unknown;
};

export type PostParts = {
	indexedDB: IDBFactory;
	post: (path: string, init: RequestInit) => Promise<Response>;
	/** Whether somebody looks at a page of ours: it sends by itself. */
	seen: () => Promise<boolean>;
	/** Runs the work when no page holds the lock, else does nothing. */
	alone: (name: string, work: () => Promise<void>) => Promise<void>;
};

/**
 * One request with the oldest that wait. Rejects when nothing of ours answered, by which the browser tries again later; any answer, a refusal
 * too, is for the page to hear.
 */
export async function postWaiting({ indexedDB, post, seen, alone }: PostParts): Promise<void> {
	if (await seen()) return;
	await alone(LOCK, async () => {
		// What was part of a request cannot be taken back: without our server behind the network none is begun.
		if (!(await isThere(post))) throw new Error('The server does not answer.');
		const profile = await currentProfile(indexedDB);
		const body = profile && (await offer(indexedDB, profile));
		if (!body) return;
		await post('/api/sync/push', {
			method: 'POST',
			headers: { 'content-type': 'application/json', 'X-Alongside': '1' },
			credentials: 'same-origin',
			cache: 'no-store',
			redirect: 'error',
			// It holds the lock that a page waits for.
			signal: AbortSignal.timeout(PATIENCE_MS),
			body: JSON.stringify(body)
		});
	});
}

/** As `browser/connectivity.ts` asks: a café's sign-in page answers too. */
async function isThere(post: PostParts['post']): Promise<boolean> {
	const answer = await post('/healthz', {
		cache: 'no-store',
		credentials: 'omit',
		redirect: 'error',
		signal: AbortSignal.timeout(CHECK_MS)
	}).catch(() => null);
	if (!answer?.ok || !answer.headers.get('content-type')?.includes('json')) return false;
	return ((await answer.json().catch(() => null)) as { ok?: unknown } | null)?.ok === true;
}

/** From the first on, and no further than the first that cannot go: what comes after it would only be refused as a gap. */
export function choose(waiting: readonly Row[]): Mutation[] {
	const chosen: Mutation[] = [];
	let room = BYTES;
	for (const { mid, seq, scope, name, envelope } of waiting.slice(0, MOST)) {
		room -= envelope?.ct.length ?? 0;
		const whole =
			UUID.test(mid) &&
			Number.isInteger(seq) &&
			seq > 0 &&
			scope.length <= 120 &&
			/^[a-z][a-z.-]{0,39}$/.test(name);
		if (!whole || !envelope || !isSealed(envelope) || (room < 0 && chosen.length > 0)) break;
		chosen.push({ mid, seq, scope, name, envelope });
	}
	return chosen;
}

const UUID = /^[\da-f]{8}-[\da-f]{4}-[1-8][\da-f]{3}-[89ab][\da-f]{3}-[\da-f]{12}$/i;
const isSealed = ({ v, kid, epk, iv, ct }: Mutation['envelope']) =>
	v === 1 &&
	UUID.test(kid) &&
	/^[\w-]{87}$/.test(epk) &&
	/^[\w-]{16}$/.test(iv) &&
	/^[\w-]{22,350000}$/.test(ct);

/** Read and marked as offered in one transaction: from then on nobody knows whether it arrived, so it cannot be taken back. */
async function offer(indexedDB: IDBFactory, profile: string): Promise<PushRequest | null> {
	const db = await opened(indexedDB, `alongside-${profile}`);
	if (!db) return null;
	try {
		const { version, objectStoreNames: tables } = db;
		// Dexie multiplies its whole versions by ten.
		if (version < OLDEST * 10 || version >= (NEWEST + 1) * 10) return null;
		if (!tables.contains('outbox') || !tables.contains('meta')) return null;
		const writing = db.transaction(['outbox', 'meta'], 'readwrite', { durability: 'strict' });
		const kept = new Promise<void>((resolve, reject) => {
			writing.oncomplete = () => resolve();
			writing.onabort = () => reject(writing.error ?? new DOMException('', 'AbortError'));
		});
		kept.catch(() => undefined);
		const meta = writing.objectStore('meta');
		const deviceId = await factOf(meta, 'deviceId');
		const account = (await factOf(meta, 'account')) as { signedIn?: boolean } | undefined;
		if (typeof deviceId !== 'string' || !account?.signedIn) return null;
		const outbox = writing.objectStore('outbox');
		const rows = (await asked(outbox.index('seq').getAll())) as Row[];
		const waiting = rows.filter((row) => !row.ack);
		const mutations = choose(waiting);
		for (const row of waiting.slice(0, mutations.length))
			if (!row.offered) outbox.put({ ...row, offered: true });
		await kept;
		return mutations.length > 0 ? { proto: PROTO, schema: SCHEMA, deviceId, mutations } : null;
	} finally {
		db.close();
	}
}

async function currentProfile(indexedDB: IDBFactory): Promise<string | null> {
	const db = await opened(indexedDB, 'alongside');
	if (!db) return null;
	try {
		const settings = db.transaction('settings').objectStore('settings');
		const current = await factOf(settings, 'current');
		return typeof current === 'string' && current !== '' ? current : null;
	} catch {
		return null;
	} finally {
		db.close();
	}
}

/** Opens what is there; makes nothing and upgrades nothing. */
async function opened(indexedDB: IDBFactory, name: string): Promise<IDBDatabase | null> {
	const request = indexedDB.open(name);
	request.onupgradeneeded = () => request.transaction?.abort();
	const db = await asked(request).catch(() => null);
	// A page that upgrades or removes comes first.
	if (db) db.onversionchange = () => db.close();
	return db;
}

const factOf = async (table: IDBObjectStore, key: string): Promise<unknown> =>
	((await asked(table.get(key))) as { value?: unknown } | undefined)?.value;

const asked = <T>(request: IDBRequest<T>): Promise<T> =>
	new Promise((resolve, reject) => {
		request.onsuccess = () => resolve(request.result);
		request.onerror = () => reject(request.error);
	});
