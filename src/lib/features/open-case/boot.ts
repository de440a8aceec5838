import { dev, version } from '$app/environment';
import { askToKeep } from '#browser/storage-quota.ts';
import { onMissingPart } from '#browser/missing-part.ts';
import { SOURCE } from '#i18n/languages.ts';
import type { Namespace } from '#i18n/resources.ts';
import { loadWords, speakFully } from '#i18n/words.svelte.ts';
import type { PhoneStore } from '#store/phone-store.ts';
import type { OpenCase } from './open-case.svelte.ts';

/**
 * After the first paint, in the order a reader needs it: what the phone held a moment ago and the rules, so that the saved week
 * and the first card show; then the words of the law and the store that keeps and writes; syncing; the worker. Every file is in
 * the worker's precache, so it works without a connection. Returns the way to let go of it all.
 */
export function boot(open: OpenCase): () => void {
	const letGo: (() => void)[] = [onMissingPart(() => open.lostPart())];
	let gone = false;

	async function openStore(): Promise<PhoneStore> {
		const { openPhoneStore } = await import('#store/phone-store.ts');
		const store = openPhoneStore({
			saved: () => void askToKeep(),
			...(typeof caches === 'undefined' ? {} : { caches })
		});
		if (gone) store.close();
		else letGo.push(() => store.close());
		return store;
	}

	/** Shows what a first look found at once and fetches the store after it; without one the store is waited for. */
	async function show(): Promise<() => Promise<PhoneStore>> {
		const sight = import('./first-sight.ts').then(async (part) => ({
			...part,
			look: await part.firstLook()
		}));
		const [{ look, createEarlyStore }, { familyOf, viewOf }] = await Promise.all([
			sight,
			import('./projection.ts')
		]);
		if (look) {
			const later = Promise.withResolvers<PhoneStore>();
			open.open({ store: createEarlyStore(look, later.promise), familyOf, viewOf });
			return () => {
				later.resolve(openStore());
				return later.promise;
			};
		}
		const store = await openStore();
		await store.ready;
		open.open({ store, familyOf, viewOf });
		return async () => store;
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

	async function start() {
		const [fetchStore, named] = await Promise.all([show(), sayable(['titles'])]);
		if (gone) return;
		open.named = named;
		if (named) await open.firstStands;
		open.words = await sayable(['legal', 'events', 'roles']);
		await speakFully().catch(() => undefined);
		const store = await fetchStore();
		const { createSync } = await import('#sync/create-sync.ts');
		if (gone) return;
		const sync = createSync({ store });
		letGo.push(() => sync.close());
		open.join(sync);
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

type Registration = typeof import('#browser/worker-registration.ts');

function followWorker(open: OpenCase, { registerWorker }: Registration): void {
	const worker = registerWorker(version);
	const follow = () => {
		open.update = worker.state() === 'waiting' ? () => worker.update() : undefined;
	};
	worker.subscribe(follow);
	follow();
}
