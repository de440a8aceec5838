/** Whether a person can see the page now. */
export type Visibility = { visible(): boolean; subscribe(changed: () => void): () => void };

export function pageVisibility(page: Document = document): Visibility {
	return {
		visible: () => page.visibilityState === 'visible',
		subscribe(changed) {
			page.addEventListener('visibilitychange', changed);
			// Back from the back-forward cache: some browsers fire no visibilitychange then.
			page.defaultView?.addEventListener('pageshow', changed);
			return () => {
				page.removeEventListener('visibilitychange', changed);
				page.defaultView?.removeEventListener('pageshow', changed);
			};
		}
	};
}

/** On `<html>` while the page must not be seen; the look hides everything beneath it. */
export const COVERED = 'data-covered';

/**
 * Covers the page the moment it is left, so that the list of open apps shows nothing of it: the picture is taken right after
 * these events, which is why nothing here waits. A window beside another one on a desk stays readable: only phones draw that
 * list from the page. `stay` keeps it covered after a return (a lock is about to fall).
 */
export function coverWhenAway(
	stay: () => boolean,
	{ page = document, phone = isPhone(page) }: { page?: Document; phone?: boolean } = {}
): () => void {
	const view = page.defaultView;
	const html = page.documentElement;
	let focused: (Element & { focus?: (how: FocusOptions) => void }) | null = null;
	function cover() {
		if (html.hasAttribute(COVERED)) return;
		focused = page.activeElement;
		html.setAttribute(COVERED, '');
	}
	function uncover() {
		if (page.visibilityState === 'hidden' || stay()) return;
		html.removeAttribute(COVERED);
		// What is not drawn loses the focus in some browsers; a person goes on where they were.
		if (page.activeElement === page.body) focused?.focus?.({ preventScroll: true });
		focused = null;
	}
	const follow = () => (page.visibilityState === 'hidden' ? cover() : uncover());
	page.addEventListener('visibilitychange', follow);
	view?.addEventListener('pagehide', cover);
	view?.addEventListener('pageshow', uncover);
	if (phone) view?.addEventListener('blur', cover);
	view?.addEventListener('focus', uncover);
	return () => {
		page.removeEventListener('visibilitychange', follow);
		view?.removeEventListener('pagehide', cover);
		view?.removeEventListener('pageshow', uncover);
		view?.removeEventListener('blur', cover);
		view?.removeEventListener('focus', uncover);
		html.removeAttribute(COVERED);
	};
}

const isPhone = (page: Document): boolean =>
	page.defaultView?.matchMedia('(pointer: coarse)').matches ?? false;
