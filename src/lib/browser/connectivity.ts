/** Five seconds: longer, and a person in a school corridor has already decided that there is no signal. */
const PATIENCE = 5_000;

/**
 * Whether our own server answers. Reads the body: a café's sign-in page also answers 200, and navigator.onLine only
 * says that there is a cable. Sends nothing about anybody.
 */
export async function checkConnection(ask: typeof fetch = fetch): Promise<boolean> {
	const patience = new AbortController();
	const timer = setTimeout(() => patience.abort(), PATIENCE);
	try {
		const answer = await ask('/healthz', {
			cache: 'no-store',
			credentials: 'omit',
			redirect: 'error',
			signal: patience.signal
		});
		if (!answer.ok || !answer.headers.get('content-type')?.includes('json')) return false;
		return ((await answer.json()) as { ok?: unknown }).ok === true;
	} catch {
		return false;
	} finally {
		clearTimeout(timer);
	}
}

/** The browser's hint that the network came or went: a reason to check, never an answer. */
export function onNetworkChange(changed: () => void, page: Window = window): () => void {
	page.addEventListener('online', changed);
	page.addEventListener('offline', changed);
	return () => {
		page.removeEventListener('online', changed);
		page.removeEventListener('offline', changed);
	};
}
