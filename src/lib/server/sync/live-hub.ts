import type { Change } from '../db/transaction.ts';
import type { ChangeFeed } from '../db/change-feed.ts';

/** Open streams a node holds; beyond it phones pull on a timer, which is all a poke saves (sync-and-security §2.11). */
const LARGEST = 2_000;
/** Of one person on a node. Phones are as easily added as said: a hundred of one must not take the places of other families. */
const MOST_OF_ONE = 20;

type Listener = {
	/** Account and device, a space between them: an id that somebody else's phone claims must not end this one's stream. */
	device: string;
	scopes: ReadonlySet<string>;
	poke: (change: Change) => void;
	end: () => void;
};

/** Who is listening on this node. One stream a device: a newer one ends the older. */
export class LiveHub {
	#byDevice = new Map<string, Listener>();
	#stop: () => void;
	readonly largest: number;

	constructor(feed: ChangeFeed, largest = LARGEST) {
		this.largest = largest;
		this.#stop = feed.subscribe((changes) => this.#tell(changes));
	}

	/** Returns the way to leave, or null when the node is full, or has as many of one person as it holds. */
	join(listener: Listener): (() => void) | null {
		const older = this.#byDevice.get(listener.device);
		if (!older && (this.#byDevice.size >= this.largest || this.#ofOne(listener.device) >= MOST_OF_ONE))
			return null;
		this.#byDevice.set(listener.device, listener);
		older?.end();
		return () => {
			if (this.#byDevice.get(listener.device) === listener) this.#byDevice.delete(listener.device);
		};
	}

	#ofOne(device: string): number {
		const account = device.slice(0, device.indexOf(' ') + 1);
		return [...this.#byDevice.keys()].filter((id) => account !== '' && id.startsWith(account)).length;
	}

	/** The scopes that anybody here waits for: what a node that lost its LISTEN connection has to look at. */
	scopes(): string[] {
		return [...new Set([...this.#byDevice.values()].flatMap((listener) => [...listener.scopes]))];
	}

	get size(): number {
		return this.#byDevice.size;
	}

	#tell(changes: Change[]) {
		for (const listener of this.#byDevice.values()) {
			for (const change of changes) if (listener.scopes.has(change.scope)) listener.poke(change);
		}
	}

	close(): void {
		this.#stop();
		for (const listener of [...this.#byDevice.values()]) listener.end();
		this.#byDevice.clear();
	}
}
