import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { disk, refusalOf } from './disk.ts';
import { scanningFolder } from './ways.ts';

export const SCAN_MS = 60_000;
export type Scanned = 'clean' | 'refused' | 'later';

/**
 * Has the operator's scanner look at a file: 0 is clean, 1 is refused, anything else (and no answer in a minute) means later. The plain file lies
 * on the disk for that moment only, readable for us alone.
 */
export async function scan(
	plain: readonly Uint8Array[],
	{ command, blobDir, patience = SCAN_MS }: { command: readonly string[]; blobDir: string; patience?: number }
): Promise<Scanned> {
	const folder = scanningFolder(blobDir);
	const path = join(folder, crypto.randomUUID());
	try {
		await disk.mkdir(folder, { recursive: true, mode: 0o700 });
		const file = await disk.open(path, 'wx', 0o600);
		try {
			for (const part of plain) await file.writeFile(part);
		} finally {
			await file.close();
		}
		const code = await run([...command, path], patience);
		if (code === 0) return 'clean';
		if (code === 1) return 'refused';
		console.error(`blobs: the scan command ended with ${code}; files wait`);
		return 'later';
	} catch (problem) {
		throw refusalOf(problem);
	} finally {
		await disk.rm(path, { force: true });
	}
}

/** Its exit code, or a word. It gets nothing of our settings, which hold the secret. */
function run([program, ...args]: string[], patience: number): Promise<number | string> {
	return new Promise((done) => {
		const { PATH, HOME, LANG } = process.env;
		const child = spawn(program!, args, { stdio: 'ignore', env: { PATH, HOME, LANG } });
		const late = setTimeout(() => child.kill('SIGKILL'), patience);
		const end = (how: number | string) => (clearTimeout(late), done(how));
		child.on('error', (problem: NodeJS.ErrnoException) => end(problem.code ?? 'a fault'));
		child.on('exit', (code, signal) => end(code ?? signal ?? 'a fault'));
	});
}
