import { dev, version } from '$app/environment';
import { goto } from '$app/navigation';
import { askToKeep } from '#browser/storage-quota.ts';
import { onMissingPart } from '#browser/missing-part.ts';
import { SOURCE } from '#i18n/languages.ts';
import type { Namespace } from '#i18n/resources.ts';
import { loadWords, speakFully } from '#i18n/words.svelte.ts';
import type { Sync } from '#sync/status.ts';
import type { FamilyStore } from '#store/family-store.ts';
import type { LockHost } from '#store/lock/create-lock.ts';
import type { PhoneStore } from '#store/phone-store.ts';
import type { OpenCase } from './open-case.svelte.ts';
import { leaveLock, lockHinted, takeLock } from './page-lock.ts';

/**
 * After the first paint, in the order a reader needs it: what the phone held a moment ago and the rules, so that the saved week
 * and the first card show; then the words of the law and the store that keeps and writes; syncing; the worker. Every file is in
 * the worker's precache, so it works without a connection. Returns the way to let go of it all.
 */
export function boot(open: OpenCase): () => void {
	const letGo: (() => void)[] = [onMissingPart(() => open.lostPart())];
	let gone = false;

	async function openStore(lock: LockHost): Promise<PhoneStore> {
		const { openPhoneStore } = await import('#store/phone-store.ts');
		const store = openPhoneStore({
			lock,
			saved: () => void askToKeep(),
			...(typeof caches === 'undefined' ? {} : { caches })
		});
		if (gone) store.close();
		else letGo.push(() => store.close());
		return store;
	}

	/**
	 * Shows what a first look found at once and fetches the store after it; without one the store is waited for. A locked phone
	 * shows its lock and fetches nothing else until that stands. Answers with what fetches the store.
	 */
	async function show(): Promise<() => Promise<PhoneStore>> {
		const sight = import('./first-sight.ts');
		// Asked for at once where no lock is expected, so that nothing waits for the look.
		if (!lockHinted()) rulesAndWords().catch(() => undefined);
		const { createEarlyStore, createPhoneLock, firstLook } = await sight;
		const lock = await takeLock(createPhoneLock);
		letGo.push(() => void leaveLock());
		const look = await firstLook(lock);
		let store: Promise<PhoneStore> | undefined;
		const fetchStore = () => (store ??= openStore(lock));
		if (!look) {
			const [opened, rules] = await Promise.all([fetchStore(), rulesAndWords()]);
			await opened.ready;
			// Before anything is shown: a phone without a lock may have been silent for too long.
			open.meet(opened);
			await open.lookAtLock();
			open.open({ store: opened, ...rules });
			return fetchStore;
		}
		const early = createEarlyStore({ look, lock, later: fetchStore });
		if (look === 'locked') {
			open.meet(early);
			await lockStands(early);
		}
		open.open({ store: early, ...(await rulesAndWords()) });
		return async () => {
			await early.load();
			return fetchStore();
		};
	}

	/** The screen that asks for the PIN is drawn, or it was not needed any more. */
	async function lockStands(store: Pick<FamilyStore, 'state' | 'subscribe'>): Promise<void> {
		const unlocked = new Promise<void>((resolve) => {
			const leave = store.subscribe(() => {
				if (store.state() === 'locked') return;
				leave();
				resolve();
			});
		});
		// The gate asks for the hold when it sees the lock, a moment after it was told.
		const drawn = new Promise((resolve) => setTimeout(resolve)).then(() => open.firstStands);
		await Promise.race([drawn, unlocked]);
	}

	/** A language that is not all on this phone falls back to English, which is; no missing word may keep the store from opening. */
	async function sayable(namespaces: readonly Namespace[]): Promise<boolean> {
		try {
			await loadWords(namespaces).catch(() => loadWords(namespaces, SOURCE));
			return true;
		} catch {
			open.lostPart();
			return false;
		}
	}

	let asked: Promise<typeof import('./projection.ts')> | undefined;
	/** The rules, once what they work out can be said as well: a case without its words would stand there as bare keys. */
	const rulesAndWords = () => (asked ??= readRules());
	async function readRules() {
		const [rules, sayAll] = await Promise.all([import('./projection.ts'), sayable(['cards', 'titles'])]);
		if (!sayAll) throw new Error('The words of the first cards could not be fetched.');
		return rules;
	}

	async function start() {
		const fetchStore = await show();
		if (gone) return;
		open.named = true;
		await open.firstStands;
		open.words = await sayable(['legal', 'events', 'roles']);
		await speakFully().catch(() => undefined);
		const store = await fetchStore();
		const [{ createSync }, { watchLeftSession }, { watchLoss }, { postLater }] = await Promise.all([
			import('#sync/create-sync.ts'),
			import('#sync/left-session.ts'),
			import('./loss.ts'),
			import('./post-later.ts')
		]);
		if (gone) return;
		letGo.push(watchLoss(store, (lost) => (open.lost = lost)));
		letGo.push(watchLeftSession());
		const sync = createSync({ store });
		letGo.push(() => sync.close());
		open.join(sync);
		letGo.push(sync.subscribe(() => whenRemoved(sync, open)));
		letGo.push(pullWhenOpened(store, sync));
		letGo.push(postLater({ store, sync }));
		// The worker comes last: its precache must not take the connection from the first pull.
		if (!dev) followWorker(open, await import('#browser/worker-registration.ts'));
	}
	start().catch((error: unknown) => {
		open.lostPart();
		console.error(error);
	});
	return () => {
		gone = true;
		for (const part of letGo) part();
	};
}

/** A locked phone asks the council for nothing; once opened it is behind. */
function pullWhenOpened(store: PhoneStore, sync: Sync): () => void {
	let before = store.state();
	return store.subscribe(() => {
		const now = store.state();
		if (before === 'locked' && now === 'open') void sync.pull();
		before = now;
	});
}

/** There is nothing left to show: the page that says why comes in the place of whatever was open. */
function whenRemoved(sync: Sync, open: OpenCase): void {
	if (sync.status().phase !== 'removed') return;
	void import('./in-use.ts').then(({ forgetUse }) => forgetUse());
	open.lost = false;
	void goto('/app/sign-in/removed', { replaceState: true });
}

type Registration = typeof import('#browser/worker-registration.ts');

function followWorker(open: OpenCase, { registerWorker }: Registration): void {
	const worker = registerWorker(version);
	const follow = () => {
		open.update = worker.state() === 'waiting' ? () => worker.update() : undefined;
	};
	worker.subscribe(follow);
	follow();
}
