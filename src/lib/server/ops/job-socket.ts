import type { Socket } from 'node:net';
import { createInterface } from 'node:readline';
import { connect } from 'node:net';
import { lockPath, type FolderLock } from '../db/folder-lock.ts';
import { OperatorProblem } from '../operator-problem.ts';
import { JOBS, type JobContext } from './jobs.ts';

/**
 * How a command hands its work to the server that holds the data folder (blueprint §6): one connection, one JSON line
 * `{ job, args, cwd }` there, JSON lines `{ out }`, `{ err }` and at last `{ exit }` back. Only the system user that started
 * the server can open the socket.
 */
type Ask = { job: string; args: string[]; cwd: string };
type Told = { out?: string; err?: string; exit?: number };

/** Longer than any list of arguments of ours. */
const LONGEST_ASK = 1024 * 1024;

/** Takes jobs on the lock's socket, one after another: two imports at once would only wait for each other. */
export function takeJobs(lock: FolderLock, context: Omit<JobContext, 'io' | 'cwd'>): void {
	let last: Promise<unknown> = Promise.resolve();
	lock.onConnection((socket) => {
		let asked = '';
		socket.setEncoding('utf8');
		socket.on('data', (text: string) => {
			asked += text;
			if (asked.length > LONGEST_ASK) return socket.destroy();
			const end = asked.indexOf('\n');
			if (end < 0) return;
			socket.removeAllListeners('data');
			const ask = readAsk(asked.slice(0, end));
			if (!ask) return socket.destroy();
			last = last.then(() => answer(socket, ask, context));
		});
	});
}

function readAsk(line: string): Ask | null {
	try {
		const ask = JSON.parse(line) as Ask;
		return typeof ask.job === 'string' && Array.isArray(ask.args) && typeof ask.cwd === 'string' ? ask : null;
	} catch {
		return null;
	}
}

async function answer(socket: Socket, ask: Ask, context: Omit<JobContext, 'io' | 'cwd'>): Promise<void> {
	const tell = (told: Told) => void (socket.writable && socket.write(`${JSON.stringify(told)}\n`));
	const io = { out: (text: string) => tell({ out: text }), err: (text: string) => tell({ err: text }) };
	const exit = await runJob(ask.job, ask.args, { ...context, io, cwd: ask.cwd });
	tell({ exit });
	socket.end();
}

/** Runs a job by name; a fault becomes a line and exit code 2. */
export async function runJob(name: string, args: string[], context: JobContext): Promise<number> {
	const job = Object.hasOwn(JOBS, name) ? JOBS[name] : undefined;
	if (!job)
		return (
			context.io.err(`This server does not know the job "${name}". Is it the same version as the command?`),
			2
		);
	try {
		return await job(args, context);
	} catch (problem) {
		context.io.err(
			problem instanceof OperatorProblem ? problem.message : String((problem as Error).stack ?? problem)
		);
		return 2;
	}
}

/** Hands a job over and repeats what it says. Resolves with its exit code; 2 when the server went away. */
export function handOver(dataDir: string, ask: Ask, io: JobContext['io']): Promise<number> {
	return new Promise((resolve) => {
		const socket = connect(lockPath(dataDir));
		let exit: number | null = null;
		socket.on('error', (problem) => io.err(`The running server could not be reached: ${problem.message}`));
		socket.on('close', () => {
			if (exit === null) io.err('The running server ended before the job did. Run the command again.');
			resolve(exit ?? 2);
		});
		createInterface({ input: socket }).on('line', (line) => {
			const told = JSON.parse(line) as Told;
			if (told.out !== undefined) io.out(told.out);
			if (told.err !== undefined) io.err(told.err);
			if (told.exit !== undefined) exit = told.exit;
		});
		socket.write(`${JSON.stringify(ask)}\n`);
	});
}
