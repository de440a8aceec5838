import pg from 'pg';
import type { ChangeFeed } from './change-feed.ts';
import type { Db } from './transaction.ts';

/** Convergence without NOTIFY (sync-and-security §2.11), and how often the LISTEN connection is asked whether it lives. */
const POLL_MS = 5_000;

/**
 * Hears the commits of other nodes on one connection of its own, and looks at the scopes somebody waits for every 5 s while
 * that connection is down. Returns the way to stop.
 */
export function listenToNodes({
	url,
	db,
	feed,
	watched
}: {
	url: string;
	db: Db;
	feed: ChangeFeed;
	watched: () => string[];
}): () => Promise<void> {
	let client: pg.Client | null = null;
	let stopped = false;
	const seen = new Map<string, number>();

	const connect = async () => {
		const fresh = new pg.Client({
			connectionString: url,
			application_name: 'alongside-listen',
			keepAlive: true,
			query_timeout: POLL_MS
		});
		const lost = () => {
			if (client === fresh) client = null;
			fresh.end().catch(() => {});
		};
		fresh.on('error', lost);
		fresh.on('end', lost);
		fresh.on('notification', ({ payload }) => {
			const [scope, ver] = payload?.split(' ') ?? [];
			if (!scope) return;
			seen.set(scope, Number(ver));
			feed.deliver([{ scope, ver: Number(ver) }]);
		});
		await fresh.connect();
		await fresh.query('listen alongside');
		client = fresh;
	};

	const look = async () => {
		const ids = watched();
		if (ids.length === 0) return;
		const rows = await db.selectFrom('scope').select(['id', 'ver']).where('id', 'in', ids).execute();
		const changes = rows
			.filter((row) => (seen.get(row.id) ?? row.ver) < row.ver)
			.map((row) => ({ scope: row.id, ver: row.ver }));
		seen.clear();
		for (const row of rows) seen.set(row.id, row.ver);
		if (changes.length > 0) feed.deliver(changes);
	};

	const turn = async () => {
		if (client) await client.query('select 1').catch(() => (client = null));
		if (!client && !stopped) await connect().catch(() => {});
		// Also in the turn that reconnects: what was told meanwhile is heard by nobody again.
		await look().catch(() => {});
	};
	let running = turn();
	const timer = setInterval(() => (running = running.then(turn)), POLL_MS).unref();
	return async () => {
		stopped = true;
		clearInterval(timer);
		await running;
		await client?.end().catch(() => {});
	};
}
