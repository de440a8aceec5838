import { createRequire } from 'node:module';
import { Worker } from 'node:worker_threads';
import { mergeDraft, type Merged, type Piece } from './merge-draft.ts';

/**
 * Merging in a thread of its own: a piece may be made so that joining it takes minutes, and the server has one thread for everybody. It is
 * given as text because the built server has no file of it; a merge of an honest draft takes some milliseconds.
 */
const PATIENCE_MS = 5_000;
const RUNS = `
const { parentPort, workerData } = require('node:worker_threads');
const Y = require(workerData);
const merge = ${mergeDraft.toString()};
parentPort.on('message', ({ at, piece }) => parentPort.postMessage({ at, merged: merge(Y, piece) }));
`;

type Asked = { piece: Piece; patience: number; answer: (merged: Merged | null) => void };
/** In the order in which the thread takes them. */
const waiting = new Map<number, Asked>();
let thread: Worker | null = null;
let count = 0;
let timer: NodeJS.Timeout | undefined;

/** Null: what `mergeDraft` refuses, or what takes longer than it may. */
export function mergeApart(piece: Piece, patience = PATIENCE_MS): Promise<Merged | null> {
	const { promise, resolve } = Promise.withResolvers<Merged | null>();
	const at = ++count;
	waiting.set(at, { piece, patience, answer: resolve });
	thread ??= start();
	thread.ref();
	thread.postMessage({ at, piece });
	if (waiting.size === 1) watch();
	return promise;
}

function start(): Worker {
	const worker = new Worker(RUNS, { eval: true, workerData: createRequire(import.meta.url).resolve('yjs') });
	worker.on('message', ({ at, merged }: { at: number; merged: Merged | null }) => answer(at, merged));
	worker.on('error', giveUp);
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
	if (first) timer = setTimeout(giveUp, first.patience);
	else thread?.unref();
}

/** The one that the thread is at is refused; those behind it have another thread. */
function giveUp(): void {
	void thread?.terminate();
	thread = null;
	const [first] = waiting.keys();
	if (first === undefined) return;
	answer(first, null);
	if (waiting.size === 0) return;
	const next = (thread = start());
	for (const [at, { piece }] of waiting) next.postMessage({ at, piece });
}
