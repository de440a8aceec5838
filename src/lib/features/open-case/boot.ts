import { dev, version } from '$app/environment';
import { askToKeep } from '#browser/storage-quota.ts';
import { onMissingPart, registerWorker } from '#browser/worker-registration.ts';
import { loadWords } from '#i18n/words.svelte.ts';
import type { OpenCase } from './open-case.svelte.ts';

/**
 * After the first paint: the phone's memory, syncing and the rules arrive as files of their own, then the rows are opened. Every
 * file is in the worker's precache, so this works without a connection. Returns the way to let go of it all.
 */
export function boot(open: OpenCase): () => void {
	const letGo: (() => void)[] = [onMissingPart(() => open.lostPart())];
	let gone = false;

	async function start() {
		const [{ openPhoneStore }, { createSync }, { familyOf, viewOf }] = await Promise.all([
			import('#store/phone-store.ts'),
			import('#sync/create-sync.ts'),
			import('./projection.ts'),
			loadWords(['legal', 'events', 'roles'])
		]);
		if (gone) return;
		const store = openPhoneStore({ saved: () => void askToKeep(), ...(typeof caches === 'undefined' ? {} : { caches }) });
		await store.ready;
		const sync = createSync({ store });
		letGo.push(() => sync.close(), () => store.close());
		open.open({ store, sync, familyOf, viewOf });
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
