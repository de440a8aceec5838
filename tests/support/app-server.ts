import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { testFolder } from './database.ts';

/** The real server, from the build here or in `cwd`, on its own port and its own data folder. */
export type AppServer = {
	origin: string;
	port: number;
	dataDir: string;
	/** What it printed, the demo's activation codes among it. */
	printed: () => string;
	codes: () => string[];
	/** SIGTERM; resolves with the exit code, at once when it has ended already. */
	stop: () => Promise<number | null>;
	kill: () => Promise<void>;
	remove: () => void;
};

/** A port that was free a moment ago. Other processes of this machine may take it; then the start fails and says so. */
export function freePort(): Promise<number> {
	return new Promise((resolve, reject) => {
		const probe = createServer();
		probe.once('error', reject);
		probe.listen(0, '127.0.0.1', () => {
			const address = probe.address();
			probe.close(() => resolve(typeof address === 'object' && address ? address.port : 0));
		});
	});
}

const CODE = /\b[0-9A-HJKMNP-TV-Z]{4}-[0-9A-HJKMNP-TV-Z]{4}-[0-9A-HJKMNP-TV-Z]{4}-[0-9A-Z*~$=]\b/g;

/** A data folder that nothing has ever opened: what the very first start finds. */
export const emptyFolder = (): string => mkdtempSync(join(tmpdir(), 'alongside-'));

/** Without `dataDir` on a copy of an empty database that is made already: making one takes most of a first start. */
export async function startApp(
	given: { dataDir?: string; port?: number; env?: Record<string, string>; cwd?: string } = {}
): Promise<AppServer> {
	const port = given.port ?? (await freePort());
	const dataDir = given.dataDir ?? (await testFolder());
	const env: Record<string, string | undefined> = {
		...process.env,
		PORT: String(port),
		DATA_DIR: dataDir,
		...given.env
	};
	delete env.DATABASE_URL;
	delete env.PUBLIC_ORIGIN;
	const child: ChildProcess = spawn('node', ['scripts/serve.ts'], {
		cwd: given.cwd,
		env: { ...env, ...given.env } as NodeJS.ProcessEnv,
		stdio: ['ignore', 'pipe', 'pipe']
	});
	let text = '';
	child.stdout?.on('data', (chunk: Buffer) => (text += chunk.toString()));
	child.stderr?.on('data', (chunk: Buffer) => (text += chunk.toString()));
	const ended = new Promise<number | null>((resolve) => child.once('exit', (code) => resolve(code)));

	const origin = `http://localhost:${port}`;
	const until = Date.now() + 90_000;
	for (;;) {
		const answer = await fetch(`${origin}/healthz`).then(
			(r) => r.ok,
			() => false
		);
		if (answer) break;
		if (child.exitCode !== null || Date.now() > until) throw new Error(`The server did not start:\n${text}`);
		await new Promise((resolve) => setTimeout(resolve, 100));
	}
	return {
		origin,
		port,
		dataDir,
		printed: () => text,
		codes: () => [...new Set(text.match(CODE) ?? [])],
		stop: () => (child.kill('SIGTERM'), ended),
		kill: async () => void (child.kill('SIGKILL'), await ended),
		remove: () => rmSync(dataDir, { recursive: true, force: true })
	};
}
