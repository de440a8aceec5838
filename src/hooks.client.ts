import type { HandleClientError } from '@sveltejs/kit';

/** What is said about a fault stays on this phone: nothing is reported anywhere, and the page says what is safe. */
export const handleError: HandleClientError = ({ message }) => ({ message });
