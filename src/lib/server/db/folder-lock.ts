import { randomBytes } from 'node:crypto';
import {
	chmodSync,
	linkSync,
	mkdirSync,
	readFileSync,
	renameSync,
	statSync,
	unlinkSync,
	writeFileSync
} from 'node:fs';
import { connect, createServer, type Socket } from 'node:net';
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
export const folderIsHeld = (dataDir: string) => answers(lockPath(dataDir));

function answers(path: string): Promise<boolean> {
	return new Promise((resolve) => {
		const socket = connect(path);
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
	// Bound under a name of its own: closing a server removes the path it was bound to, and a loser must not remove the winner's.
	const own = `${path}.${process.pid.toString(36)}${randomBytes(2).toString('hex')}`;
	if (Buffer.byteLength(own) > LONGEST_PATH) {
		throw new FolderHeld(
			`The path ${own} is too long for a socket (${LONGEST_PATH} bytes at most). Choose a shorter DATA_DIR.`
		);
	}
	if (await answers(path)) throw heldBy(dataDir);
	const listeners: ((socket: Socket) => void)[] = [];
	const open = new Set<Socket>();
	const server = createServer((socket) => {
		open.add(socket);
		socket.once('close', () => open.delete(socket));
		// Without a listener an aborted connection would end the process.
		socket.on('error', () => socket.destroy());
		for (const listener of listeners) listener(socket);
	});
	await new Promise<void>((resolve, reject) => void server.once('error', reject).listen(own, resolve));
	// Only the same system user may hand over a job.
	chmodSync(own, 0o600);
	const mine = inodeOf(own);
	const taken = (await takePath(own, path)) && (await wait(SETTLE_MS, true)) && inodeOf(path) === mine;
	if (!taken) {
		server.close();
		throw heldBy(dataDir);
	}
	writeFileSync(holderPath(dataDir), String(process.pid), { mode: 0o600 });
	return {
		onConnection: (listener) => void listeners.push(listener),
		release: async () => {
			removeIfThere(holderPath(dataDir));
			if (inodeOf(path) === mine) removeIfThere(path);
			// A connection still open must not hold up a stop.
			const closed = new Promise<void>((resolve) => server.close(() => resolve()));
			for (const socket of open) socket.destroy();
			await closed;
		}
	};
}

function heldBy(dataDir: string): FolderHeld {
	const pid = holderOf(dataDir);
	return new FolderHeld(
		`The data folder ${dataDir} is already open in process ${pid ?? '(unknown)'}. Stop it first, or choose another DATA_DIR.`,
		pid
	);
}

/**
 * Gives our socket the folder's one name. Linking fails when the name is there, so two cannot both have it; a dead socket
 * is moved aside first, and put back when it answers after all (somebody took the name since we looked). False: it is held.
 */
async function takePath(own: string, path: string): Promise<boolean> {
	const aside = `${own}~`;
	try {
		// Each turn removes one dead socket; several are left only by starts that die at this very moment.
		for (let turn = 0; turn < 5; turn++) {
			if (linked(own, path)) return true;
			if (await answers(path)) return false;
			if (!renamed(path, aside)) continue;
			if (await answers(aside)) return (linked(aside, path), false);
			removeIfThere(aside);
		}
		return false;
	} finally {
		removeIfThere(aside);
		removeIfThere(own);
	}
}

const linked = (from: string, to: string) => unless('EEXIST', () => linkSync(from, to));
const renamed = (from: string, to: string) => unless('ENOENT', () => renameSync(from, to));

function unless(code: string, work: () => void): boolean {
	try {
		work();
		return true;
	} catch (problem) {
		if ((problem as NodeJS.ErrnoException).code !== code) throw problem;
		return false;
	}
}

function inodeOf(path: string): number | null {
	try {
		return statSync(path).ino;
	} catch {
		return null;
	}
}

const removeIfThere = (path: string) => unless('ENOENT', () => unlinkSync(path));
