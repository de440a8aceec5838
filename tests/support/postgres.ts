import { execFileSync, spawn, type ChildProcess } from 'node:child_process';
import { chownSync, existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort } from './app-server.ts';

const BIN = '/usr/lib/postgresql/15/bin';

export type Postgres = {
	url: string;
	/** kill -9 of the whole server and a start on the same data. */
	crash: () => Promise<void>;
	stop: () => Promise<void>;
};

/** PostgreSQL refuses to run as root: the first of these users that this machine has runs it. */
function unprivileged(): { uid: number; gid: number } | null {
	if (process.getuid?.() !== 0) return null;
	for (const name of ['postgres', 'nobody']) {
		try {
			const id = (flag: string) =>
				Number(execFileSync('id', [flag, name], { stdio: ['ignore', 'pipe', 'ignore'] }).toString());
			return { uid: id('-u'), gid: id('-g') };
		} catch {
			// The next one.
		}
	}
	throw new Error('There is neither a user postgres nor nobody to run PostgreSQL as.');
}

/** As root installs Debian's package; otherwise says the one command to type. */
function ensureInstalled(): void {
	if (existsSync(join(BIN, 'initdb'))) return;
	if (process.getuid?.() !== 0)
		throw new Error('PostgreSQL 15 is missing. Type: sudo apt-get install -y postgresql-15');
	const quiet = { stdio: 'ignore' as const, env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' } };
	execFileSync('apt-get', ['update', '-q'], quiet);
	execFileSync('apt-get', ['install', '-y', '-q', '--no-install-recommends', 'postgresql-15'], quiet);
}

/** Debian's PostgreSQL 15 on its own port and data, fsync on as in production, as an unprivileged user. Stop it yourself. */
export async function startPostgres(): Promise<Postgres> {
	ensureInstalled();
	const user = unprivileged();
	const dir = mkdtempSync(join(tmpdir(), 'alongside-pg-'));
	if (user) chownSync(dir, user.uid, user.gid);
	const data = join(dir, 'data');
	const run = {
		...user,
		cwd: dir,
		stdio: 'ignore' as const,
		env: { PATH: process.env.PATH, LC_ALL: 'C.UTF-8', TZ: 'UTC' }
	};
	execFileSync(
		join(BIN, 'initdb'),
		['-D', data, '-U', 'alongside', '--auth=trust', '-E', 'UTF8', '--no-sync'],
		run
	);
	const port = await freePort();
	const words = [
		'-D',
		data,
		'-p',
		String(port),
		'-c',
		'listen_addresses=127.0.0.1',
		'-c',
		`unix_socket_directories=${dir}`,
		'-c',
		'max_connections=200'
	];
	let child: ChildProcess;
	const start = async () => {
		child = spawn(join(BIN, 'postgres'), words, run);
		for (let left = 200; ; left--) {
			try {
				execFileSync(join(BIN, 'pg_isready'), ['-q', '-h', '127.0.0.1', '-p', String(port)], {
					stdio: 'ignore'
				});
				return;
			} catch {
				if (left === 0 || child.exitCode !== null) throw new Error('PostgreSQL did not start.');
				await new Promise((resolve) => setTimeout(resolve, 50));
			}
		}
	};
	const end = async (signal: NodeJS.Signals) => {
		const gone = new Promise((resolve) => child.once('exit', resolve));
		child.kill(signal);
		await gone;
	};
	await start();
	return {
		url: `postgres://alongside@127.0.0.1:${port}/postgres`,
		// An immediate stop is a crash to the data: no checkpoint, recovery at the next start.
		crash: async () => (await end('SIGQUIT'), await start()),
		stop: async () => {
			await end('SIGINT');
			rmSync(dir, { recursive: true, force: true });
		}
	};
}
