import { announce, unannounce } from '#ui/live-region/announce.svelte.ts';
import { t } from '#i18n/words.svelte.ts';
import type { OpenCase } from './open-case.svelte.ts';

/** Three seconds: a connection that comes and goes on a bus is not told each time (design.md §3.3). */
const FLICKER_MS = 3_000;

/**
 * Says once, to those who listen, what the top of every screen shows: the internet has gone, or is back. Called once, while the
 * app's layout is made.
 */
export function sayConnection(open: OpenCase): void {
	let before: 'online' | 'offline' | undefined;
	$effect(() => {
		const { net } = open.status;
		if (net === 'unknown' || net === before) return;
		if (net === 'offline') announce(t('status:sync.offline'), FLICKER_MS);
		else if (before === 'offline' && !unannounce(t('status:sync.offline'))) announce(t('status:sync.online'));
		before = net;
	});
}
