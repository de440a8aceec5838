import type { PageLoad } from './$types';

/** Whether the families here are made up. Offline, or when the server does not say, the page simply leaves that line out. */
export const load: PageLoad = async ({ fetch }) => {
	try {
		const answer = await fetch('/healthz');
		const health = (await answer.json()) as { demo?: unknown };
		return { demo: Boolean(health.demo) };
	} catch {
		return { demo: false };
	}
};
