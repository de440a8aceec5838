import { createRequire } from 'node:module';
import { Worker } from 'node:worker_threads';
import { mergeDraft, type Merged, type Piece } from './merge-draft.ts';

/**
 * Merging in a thread of its own: a piece may be made so that joining it takes minutes, and the server has one thread for everybody. It is
 * given as text because the built server has no file of it; a merge of an honest draft takes some milliseconds.
 */
const PATIENCE_MS = 5_000;
/** A draft of 2 MiB needs a tenth of it; an update may ask for a quarter of a gigabyte in a few bytes. */
const MOST_MB = 128;
const RUNS = `
const { parentPort, workerData } = require('node:worker_threads');
const Y = require(workerData);
const merge = ${mergeDraft.toString()};
parentPort.on('message', ({ at, piece }) => parentPort.postMessage({ at, merged: merge(Y, piece) }));
`;

type Asked = {
	piece: Piece;
	patience: number;
	answer: (merged: Merged | null) => void;
	fail: (why: unknown) => void;
};
/** In the order in which the thread takes them. */
const waiting = new Map<number, Asked>();
let thread: Worker | null = null;
let count = 0;
let timer: NodeJS.Timeout | undefined;

/** Null: what `mergeDraft` refuses, or what takes longer than it may. Throws where the thread itself fails: then it is asked again. */
export function mergeApart(piece: Piece, patience = PATIENCE_MS): Promise<Merged | null> {
	const { promise, resolve, reject } = Promise.withResolvers<Merged | null>();
	const at = ++count;
	waiting.set(at, { piece, patience, answer: resolve, fail: reject });
	thread ??= start();
	thread.ref();
	thread.postMessage({ at, piece });
	if (waiting.size === 1) watch();
	return promise;
}

function start(): Worker {
	const workerData = createRequire(import.meta.url).resolve('yjs');
	const worker = new Worker(RUNS, {
		eval: true,
		workerData,
		resourceLimits: { maxOldGenerationSizeMb: MOST_MB }
	});
	// What a thread says that was given up is nobody's answer any more.
	worker.on('message', ({ at, merged }: { at: number; merged: Merged | null }) => {
		if (worker === thread) answer(at, merged);
	});
	worker.on('error', (error) => {
		if (worker === thread) giveUp(error);
	});
	return worker;
}

function answer(at: number, merged: Merged | null): void {
	waiting.get(at)?.answer(merged);
	waiting.delete(at);
	watch();
}

/** Of the one that the thread is at. */
function watch(): void {
	clearTimeout(timer);
	const [first] = waiting.values();
	if (first) timer = setTimeout(() => giveUp(), first.patience);
	else thread?.unref();
}

/** The one that the thread is at is refused, or hears of the fault; those behind it have another thread. */
function giveUp(fault?: unknown): void {
	void thread?.terminate();
	thread = null;
	const [first] = waiting.keys();
	if (first === undefined) return;
	if (fault) waiting.get(first)?.fail(fault);
	answer(first, null);
	if (waiting.size === 0) return;
	const next = (thread = start());
	for (const [at, { piece }] of waiting) next.postMessage({ at, piece });
}
