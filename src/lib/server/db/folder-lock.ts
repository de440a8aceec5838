import { chmodSync, mkdirSync, readFileSync, statSync, unlinkSync, writeFileSync } from 'node:fs';
import { connect, createServer, type Server, type Socket } from 'node:net';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { OperatorProblem } from '../operator-problem.ts';

/** sockaddr_un holds 108 bytes on Linux and 104 on macOS, one of them the closing zero. */
const LONGEST_PATH = process.platform === 'linux' ? 107 : 103;
/** Two starts that both found a dead socket may each unlink the other's; after this long one path has won. */
const SETTLE_MS = 200;

/** Somebody else holds the folder, or it cannot be held at all. The message is for the operator. */
export class FolderHeld extends OperatorProblem {
	readonly pid: number | null;
	constructor(message: string, pid: number | null = null) {
		super(message);
		this.pid = pid;
	}
}

export type FolderLock = {
	/** Who connects is handed to this listener: other commands bring their jobs here (server/ops). */
	onConnection(listener: (socket: Socket) => void): void;
	release(): Promise<void>;
};

export const lockPath = (dataDir: string) => join(dataDir, 'lock');
const holderPath = (dataDir: string) => join(dataDir, 'lock.pid');

/** The process that holds the folder, as far as it said. */
export function holderOf(dataDir: string): number | null {
	try {
		return Number(readFileSync(holderPath(dataDir), 'utf8')) || null;
	} catch {
		return null;
	}
}

/** True when a living process answers on the folder's socket. */
export function folderIsHeld(dataDir: string): Promise<boolean> {
	return new Promise((resolve) => {
		const socket = connect(lockPath(dataDir));
		socket.once('connect', () => (socket.destroy(), resolve(true)));
		socket.once('error', () => resolve(false));
	});
}

/**
 * Takes the data folder for this process (blueprint §6): PGlite itself lets two processes open one folder and then loses
 * rows. The lock is a listening Unix socket, so a killed process frees it at once. Throws FolderHeld.
 */
export async function holdFolder(dataDir: string): Promise<FolderLock> {
	mkdirSync(dataDir, { recursive: true, mode: 0o700 });
	const path = lockPath(dataDir);
	if (Buffer.byteLength(path) > LONGEST_PATH) {
		throw new FolderHeld(`The path ${path} is too long for a socket (${LONGEST_PATH} bytes at most). Choose a shorter DATA_DIR.`);
	}
	if (await folderIsHeld(dataDir)) throw heldBy(dataDir);
	removeIfThere(path);
	const listeners: ((socket: Socket) => void)[] = [];
	const open = new Set<Socket>();
	const server = createServer((socket) => {
		open.add(socket);
		socket.once('close', () => open.delete(socket));
		// Without a listener an aborted connection would end the process.
		socket.on('error', () => socket.destroy());
		for (const listener of listeners) listener(socket);
	});
	await listen(server, path, dataDir);
	// Only the same system user may hand over a job.
	chmodSync(path, 0o600);
	const mine = statSync(path).ino;
	await wait(SETTLE_MS);
	if (inodeOf(path) !== mine) {
		server.close();
		throw heldBy(dataDir);
	}
	writeFileSync(holderPath(dataDir), String(process.pid), { mode: 0o600 });
	return {
		onConnection: (listener) => void listeners.push(listener),
		release: async () => {
			removeIfThere(holderPath(dataDir));
			// Closing unlinks the path. A connection still open must not hold up a stop.
			const closed = new Promise<void>((resolve) => server.close(() => resolve()));
			for (const socket of open) socket.destroy();
			await closed;
		}
	};
}

function heldBy(dataDir: string): FolderHeld {
	const pid = holderOf(dataDir);
	return new FolderHeld(`The data folder ${dataDir} is already open in process ${pid ?? '(unknown)'}. Stop it first, or choose another DATA_DIR.`, pid);
}

function listen(server: Server, path: string, dataDir: string): Promise<void> {
	return new Promise((resolve, reject) => {
		server.once('error', (problem: NodeJS.ErrnoException) =>
			reject(problem.code === 'EADDRINUSE' ? heldBy(dataDir) : problem)
		);
		server.listen(path, () => resolve());
	});
}

function inodeOf(path: string): number | null {
	try {
		return statSync(path).ino;
	} catch {
		return null;
	}
}

function removeIfThere(path: string) {
	try {
		unlinkSync(path);
	} catch (problem) {
		if ((problem as NodeJS.ErrnoException).code !== 'ENOENT') throw problem;
	}
}
