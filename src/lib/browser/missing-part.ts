/**
 * Calls back when a lazy part of the app could not be loaded: the build on the server moved on and the old file is gone, or
 * the phone is offline. The screen saves what is typed, then offers to reload.
 */
export function onMissingPart(missing: () => void, page: Window = window): () => void {
	const listener = (event: Event) => {
		// Handled here: without this the failure would be thrown as well.
		event.preventDefault();
		missing();
	};
	page.addEventListener('vite:preloadError', listener);
	return () => page.removeEventListener('vite:preloadError', listener);
}
