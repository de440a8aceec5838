import { spawn } from 'node:child_process';
import { cpSync, mkdtempSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const PARTS = [
	'src',
	'static',
	'service-worker',
	'scripts',
	'package.json',
	'svelte.config.js',
	'vite.config.ts',
	'tsconfig.json'
];

/**
 * A real build of a copy of this project: another version of the app, as a phone meets it after a release. `edit` changes the
 * copy first, so that the two can be told apart by what they show. Takes about half a minute.
 * Returns its folder: `startApp({ cwd })` serves it, the caller removes it.
 */
export async function anotherBuild(
	id: string,
	how: { env?: Record<string, string>; edit?: (dir: string) => void } = {}
): Promise<string> {
	const dir = mkdtempSync(join(tmpdir(), `alongside-${id}-`));
	for (const part of PARTS) cpSync(part, join(dir, part), { recursive: true });
	symlinkSync(join(process.cwd(), 'node_modules'), join(dir, 'node_modules'));
	how.edit?.(dir);
	await run(dir, { BUILD_ID: id, ...how.env });
	return dir;
}

function run(cwd: string, env: Record<string, string>): Promise<void> {
	const child = spawn('node', ['node_modules/vite/bin/vite.js', 'build', '--logLevel', 'warn'], {
		cwd,
		env: { ...process.env, ...env },
		stdio: ['ignore', 'pipe', 'pipe']
	});
	let text = '';
	child.stdout.on('data', (chunk: Buffer) => (text += chunk.toString()));
	child.stderr.on('data', (chunk: Buffer) => (text += chunk.toString()));
	return new Promise((resolve, reject) => {
		child.once('error', reject);
		child.once('close', (code) =>
			code === 0 ? resolve() : reject(new Error(`The build ended with ${code}:\n${text}`))
		);
	});
}
