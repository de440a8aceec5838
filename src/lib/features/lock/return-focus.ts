/**
 * Where the focus was when the lock fell, by name: the element itself is gone with the screen. After unlocking a person goes on
 * where they were, or at the heading when that is not there any more.
 */
export function focusName(page: Document = document): string | undefined {
	const element = page.activeElement;
	if (element?.id) return `#${CSS.escape(element.id)}`;
	const href = element?.getAttribute('href');
	return href ? `a[href="${CSS.escape(href)}"]` : undefined;
}

/** Parts of a screen come one after another; after this long a person has begun to do something else. */
const PATIENCE_MS = 3000;

/** Puts the focus back as soon as its element is drawn; lets go at the first key or touch. Returns the way to give up. */
export function returnFocus(name: string | undefined, page: Document = document): () => void {
	const heading = () => page.querySelector<HTMLElement>('h1[tabindex="-1"]');
	const found = () => (name ? page.querySelector<HTMLElement>(name) : heading());
	const watch = new MutationObserver(() => settle());
	const timer = setTimeout(stop, PATIENCE_MS);
	function stop() {
		watch.disconnect();
		clearTimeout(timer);
		page.removeEventListener('keydown', stop, true);
		page.removeEventListener('pointerdown', stop, true);
	}
	function settle() {
		const element = found();
		if (!element) return;
		stop();
		element.focus();
	}
	page.addEventListener('keydown', stop, true);
	page.addEventListener('pointerdown', stop, true);
	watch.observe(page.body, { childList: true, subtree: true });
	heading()?.focus();
	settle();
	return stop;
}
