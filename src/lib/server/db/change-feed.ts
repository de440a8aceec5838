import type { Change } from './transaction.ts';

/** Several commits within this time become one poke: a phone pulls once, not once per row (sync-and-security §2.11). */
const COALESCE_MS = 100;

type Listener = (changes: Change[]) => void;

/** Tells, shortly after a commit, which scopes have a new version. A hint only: pull never depends on it. */
export class ChangeFeed {
	#waiting = new Map<string, number>();
	#listeners = new Set<Listener>();
	#timer: NodeJS.Timeout | undefined;
	#send: (changes: Change[]) => Promise<void> | void;

	/** `send` carries local commits to every node; with one node it is simply `deliver`. */
	constructor(send?: (changes: Change[]) => Promise<void>) {
		this.#send = send ?? ((changes) => this.deliver(changes));
	}

	/** A commit in this process. */
	committed(changes: Change[]): void {
		for (const { scope, ver } of changes) this.#waiting.set(scope, ver);
		this.#timer ??= setTimeout(() => void this.flush(), COALESCE_MS).unref();
	}

	/** Tells at once what waits; resolves when it was sent. */
	async flush(): Promise<void> {
		clearTimeout(this.#timer);
		this.#timer = undefined;
		const changes = [...this.#waiting].map(([scope, ver]) => ({ scope, ver }));
		this.#waiting.clear();
		if (changes.length > 0) await this.#send(changes);
	}

	/** Changes that arrived, from here or from another node. */
	deliver(changes: Change[]): void {
		for (const listener of this.#listeners) listener(changes);
	}

	/** Returns the way to stop. */
	subscribe(listener: Listener): () => void {
		this.#listeners.add(listener);
		return () => this.#listeners.delete(listener);
	}

	close(): void {
		clearTimeout(this.#timer);
		this.#listeners.clear();
	}
}
