/**
 * Keeps the screen lit while somebody else reads from it. A phone lets go by itself when the page is left, so it is asked again on
 * return. Where a browser cannot, or the phone says no (its battery is low), the screen goes dark as it always does.
 */
type Held = { release(): Promise<void> };
export type Wake = { request(type: 'screen'): Promise<Held> };

const ours = (): Wake | undefined => (typeof navigator === 'undefined' ? undefined : navigator.wakeLock);

/** Returns how to let go. */
export function keepLit({
	page = document,
	wake = ours()
}: { page?: Document; wake?: Wake | undefined } = {}): () => void {
	let over = false;
	let held: Held | undefined;
	const letGo = (one: Held | undefined) => void one?.release().catch(() => undefined);

	async function ask() {
		if (!wake || over || page.visibilityState !== 'visible') return;
		const one = await wake.request('screen').catch(() => undefined);
		// Left while it was being asked for.
		if (over) return letGo(one);
		letGo(held);
		held = one;
	}
	const again = () => void ask();
	page.addEventListener('visibilitychange', again);
	void ask();
	return () => {
		over = true;
		page.removeEventListener('visibilitychange', again);
		letGo(held);
	};
}
