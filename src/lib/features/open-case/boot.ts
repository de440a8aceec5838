import { dev, version } from '$app/environment';
import { askToKeep } from '#browser/storage-quota.ts';
import { onMissingPart, registerWorker } from '#browser/worker-registration.ts';
import { loadWords } from '#i18n/words.svelte.ts';
import type { OpenCase } from './open-case.svelte.ts';

/**
 * After the first paint, in the order a reader needs it: the phone's memory and the rules, so that the saved week shows; the words
 * of the law; syncing; the worker. Every file is in the worker's precache, so it works without a connection. Returns the way to
 * let go of it all.
 */
export function boot(open: OpenCase): () => void {
	const letGo: (() => void)[] = [onMissingPart(() => open.lostPart())];
	let gone = false;

	async function start() {
		const [{ openPhoneStore }, { familyOf, viewOf }] = await Promise.all([import('#store/phone-store.ts'), import('./projection.ts')]);
		if (gone) return;
		const store = openPhoneStore({ saved: () => void askToKeep(), ...(typeof caches === 'undefined' ? {} : { caches }) });
		letGo.push(() => store.close());
		await store.ready;
		open.open({ store, familyOf, viewOf });
		await loadWords(['legal', 'events', 'roles']);
		open.words = true;
		const { createSync } = await import('#sync/create-sync.ts');
		if (gone) return;
		const sync = createSync({ store });
		letGo.push(() => sync.close());
		open.join(sync);
		// The worker comes last: its precache must not take the connection from the first pull.
		if (!dev) followWorker(open);
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

function followWorker(open: OpenCase): void {
	const worker = registerWorker(version);
	const follow = () => {
		open.update = worker.state() === 'waiting' ? () => worker.update() : undefined;
	};
	worker.subscribe(follow);
	follow();
}
