import { IDBDatabase, IDBObjectStore } from 'fake-indexeddb';

/**
 * The phone dies at the n-th thing it asks of its disk: that one and every later one fail, and what was not committed is dropped.
 * Call the answer to switch it on again; it says whether the cut came at all.
 */
export function cutPowerAfter(steps: number): () => boolean {
	const database = IDBDatabase.prototype as unknown as Record<string, (...args: unknown[]) => unknown>;
	const table = IDBObjectStore.prototype as unknown as Record<string, (...args: unknown[]) => unknown>;
	const undo: (() => void)[] = [];
	let left = steps;
	for (const [where, name] of [
		[database, 'transaction'],
		[table, 'put'],
		[table, 'add'],
		[table, 'delete']
	] as const) {
		const real = where[name]!;
		where[name] = function (this: unknown, ...args: unknown[]) {
			if (left-- <= 0) throw new DOMException('The phone is off.', 'UnknownError');
			return real.apply(this, args);
		};
		undo.push(() => void (where[name] = real));
	}
	return () => {
		undo.forEach((back) => back());
		return left < 0;
	};
}
