/** As the worker has it (service-worker/post-waiting.ts). */
const TAG = 'alongside-post';
/** Not in every lib.dom, as it is not in every browser. */
type WithSync = ServiceWorkerRegistration & { sync?: { register(tag: string): Promise<void> } };

/**
 * Asks the browser to wake the worker once there is a network, so that it posts what waits. Quiet where the browser cannot or will not: the
 * page sends as soon as it is opened, and nothing is promised by this.
 */
export async function askToPost(
	container: Pick<ServiceWorkerContainer, 'getRegistration'> | undefined = globalThis.navigator?.serviceWorker
): Promise<boolean> {
	try {
		const registration = (await container?.getRegistration()) as WithSync | undefined;
		if (!registration?.sync) return false;
		await registration.sync.register(TAG);
		return true;
	} catch {
		return false;
	}
}
