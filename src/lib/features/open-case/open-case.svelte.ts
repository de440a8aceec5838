import { getContext, setContext } from 'svelte';
import { createSubscriber } from 'svelte/reactivity';
import type { FamilyStore, StoreState } from '#store/family-store.ts';
import type { OutboxItem } from '#store/outbox.ts';
import type { LockFacts, PhoneLock } from '#store/phone-lock.ts';
import type { Sync, SyncStatus } from '#sync/status.ts';
import type { Child } from './children.ts';
import { lastVisit } from './last-visit.ts';
import type { Family, View } from './projection.ts';
import type { Known } from './rows.ts';
import { Today } from './today.ts';

/** What is fetched after the first paint (boot.ts): the phone's memory and the rules. The way to the council follows them. */
export type Parts = {
	store: FamilyStore;
	/** `putAway`: without what the council told. */
	familyOf(rows: ReturnType<FamilyStore['rows']>, putAway: boolean): Family;
	tooLongSilent(facts: LockFacts | undefined, at: { lastPullAt: string | null; now: number }): boolean;
	viewOf(child: Child, known: Family['known'], today: string): View;
};

/** Before syncing has started nothing is claimed but what the store knows. */
const QUIET: SyncStatus = {
	net: 'unknown',
	phase: 'idle',
	lastPullAt: null,
	nextTryAt: null,
	clockOff: null
};
/** Which child was looked at last. An opaque id, no name. */
const CHOSEN = 'alongside:child';

/**
 * What every family screen reads: rows → children → law → journey, worked out again only when the rows or the day change.
 * One instance for the whole app, in context. Before `open` resolves the state is `opening` and there are no children.
 */
export class OpenCase {
	readonly today: Today;
	#parts = $state.raw<Parts>();
	#store = $state.raw<FamilyStore>();
	/** What is known of the lock; undefined until it was read. Screens read it, `lookAtLock` reads it anew. */
	lockFacts = $state.raw<LockFacts>();
	#watchStore = () => {};
	#watchSync = () => {};
	#sync = $state.raw<Sync>();
	readonly #joined = Promise.withResolvers<Sync>();
	/** What a date is called and who has it can be said: all that the first card of Home needs. */
	named = $state(false);
	/** The words of the law, of facts and of roles are here: screens that say them wait for it. */
	words = $state(false);
	#first = Promise.resolve();
	#chosen = $state<string | null>(null);
	/** Set when a newer version of the app waits: calling it loads that version. */
	update = $state.raw<() => void>();
	/** The visit before this one, per child: it must not move while the person still reads what is new since then. */
	// eslint-disable-next-line svelte/prefer-svelte-reactivity -- nothing is drawn from it; a reactive map would redraw on every visit
	readonly #visits = new Map<string, Known<'visit'> | undefined>();
	#round = $state(0);

	readonly family = $derived.by((): Family | undefined => {
		if (!this.#parts) return undefined;
		this.#watchStore();
		const { store, familyOf } = this.#parts;
		if (store.state() === 'locked') return undefined;
		return familyOf(store.rows(), this.putAway);
	});
	/** The council was not heard for too long, and there is no lock that could fall. */
	readonly putAway = $derived.by(() => {
		this.#watchStore();
		const lastPullAt = this.#store?.lastPull() ?? null;
		return this.#parts?.tooLongSilent(this.lockFacts, { lastPullAt, now: +this.today.now() }) ?? false;
	});
	readonly children = $derived(this.family?.children ?? []);
	readonly child = $derived(this.children.find((child) => child.key === this.#chosen) ?? this.children[0]);
	readonly view = $derived.by((): View | undefined => {
		if (!this.#parts || !this.family || !this.child) return undefined;
		return this.#parts.viewOf(this.child, this.family.known, this.today.value);
	});

	constructor(clock?: () => Date) {
		this.today = new Today(clock);
	}

	/** A store that can say whether it is locked and be opened, before the rules are here. */
	meet(store: FamilyStore): void {
		if (store === this.#store) return;
		this.#watchStore = createSubscriber((update) => store.subscribe(update));
		this.#store = store;
		void this.lookAtLock();
	}

	/** Rows and rules are here. The store may be one that was met before. */
	open(parts: Parts): void {
		this.meet(parts.store);
		this.#chosen = remembered();
		this.#parts = parts;
	}

	get lock(): PhoneLock | undefined {
		return this.#store?.lock;
	}

	async lookAtLock(): Promise<LockFacts | undefined> {
		this.lockFacts = await this.lock?.facts().catch(() => undefined);
		return this.lockFacts;
	}

	/** Resolves once every write that had begun is kept and every key is gone. */
	async lockNow(): Promise<void> {
		await this.lock?.lockNow();
	}

	/**
	 * One person's things, or everybody's: nothing can undo it. Works without a connection, and locked. Returns as which devices the
	 * server knew them.
	 */
	async removeEverything(whose: 'mine' | 'all'): Promise<readonly string[]> {
		const devices = (await this.#store?.removeEverything(whose)) ?? [];
		void this.#sync?.pull();
		return devices;
	}

	/** Lets go of what was worked out from opened rows: a value that nothing reads any more would stay in memory. */
	forget(): void {
		this.#visits.clear();
		void this.view;
	}

	/** Syncing has started; the saved rows are on the screen already. */
	join(sync: Sync): void {
		this.#watchSync = createSubscriber((update) => sync.subscribe(update));
		this.#sync = sync;
		this.#joined.resolve(sync);
	}

	/** Resolves once syncing has started, which a person who taps quickly may have to wait for. */
	get joined(): Promise<Sync> {
		return this.#joined.promise;
	}

	get state(): StoreState {
		this.#watchStore();
		return this.#store?.state() ?? 'opening';
	}

	/** What the family sent and has not been answered long ago, oldest first; none while the phone is locked. */
	get outbox(): readonly OutboxItem[] {
		return this.#split.sent;
	}

	/** Drafts on their way to the person's other phones: nothing that anybody sent. */
	get onTheWay(): readonly OutboxItem[] {
		return this.#split.drafts;
	}

	readonly #split = $derived.by(() => {
		this.#watchStore();
		const items = this.#store?.outbox.items() ?? [];
		const drafts = items.filter((item) => item.name === 'draft.write');
		return drafts.length === 0
			? { sent: items, drafts }
			: { sent: items.filter((item) => !drafts.includes(item)), drafts };
	});

	get status(): SyncStatus {
		const sync = this.#sync;
		this.#watchSync();
		this.#watchStore();
		return sync?.status() ?? { ...QUIET, lastPullAt: this.#store?.lastPull() ?? null };
	}

	/** When somebody last opened the lock on this page, epoch ms. */
	provedAt = 0;
	/** A part of the app could not be fetched: an old file is gone from the server, or there is no connection yet. */
	missing = $state(false);
	lostPart(): void {
		this.missing = true;
	}
	/** What was kept on this phone is gone (loss.ts), and the person has not said that they read it. */
	lost = $state(false);

	/** A screen asks that the rest waits until what matters first stands on it; it must call what it is given, once. */
	holdRest(): () => void {
		const { promise, resolve } = Promise.withResolvers<void>();
		this.#first = promise.then(painted);
		return resolve;
	}

	/** Resolves when what the open screen shows first has been drawn; at once where no screen asked. */
	get firstStands(): Promise<void> {
		return this.#first;
	}

	/** Throws before `open`: only screens that are past `opening` write or pull. */
	get parts(): Parts {
		if (!this.#parts) throw new Error('The phone is still opening.');
		return this.#parts;
	}

	visitFor(child: Child): Known<'visit'> | undefined {
		void this.#round;
		if (!this.#visits.has(child.key))
			this.#visits.set(child.key, lastVisit(child, this.family?.known.visit ?? []));
		return this.#visits.get(child.key);
	}

	/** "I have read this": from now on only what comes later is new. */
	forgetNews(child: Child): void {
		this.#visits.delete(child.key);
		this.#round++;
	}

	choose(child: Pick<Child, 'key'>): void {
		this.#chosen = child.key;
		try {
			localStorage.setItem(CHOSEN, child.key);
		} catch {
			// Storage is blocked: the choice lasts as long as the page.
		}
	}
}

/** A frame later, so that the next file does not compete with the drawing. A hidden page draws no frame. */
const painted = (): Promise<void> =>
	new Promise((resolve) => {
		requestAnimationFrame(() => setTimeout(resolve));
		setTimeout(resolve, 300);
	});

function remembered(): string | null {
	try {
		return localStorage.getItem(CHOSEN);
	} catch {
		return null;
	}
}

const KEY = Symbol('open case');
export const provideOpenCase = (open: OpenCase): OpenCase => setContext(KEY, open);
export const useOpenCase = (): OpenCase => getContext<OpenCase>(KEY);
