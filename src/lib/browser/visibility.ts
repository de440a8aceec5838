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
