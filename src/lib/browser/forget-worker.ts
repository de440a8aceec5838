/** Takes the app itself off the phone: its worker and every cache. The open page goes on while there is a connection. */
export async function forgetWorker(): Promise<void> {
	const workers = (await navigator.serviceWorker?.getRegistrations().catch(() => [])) ?? [];
	await Promise.all(workers.map((worker) => worker.unregister().catch(() => false)));
	if (typeof caches === 'undefined') return;
	for (const name of await caches.keys().catch(() => [])) await caches.delete(name);
}
