/**
 * Family pages that show nothing of the phone's rows and stay open while it is locked: signing in,
 * with a new letter too, is a way to open it. The public
 * pages (help, privacy) lie outside `/app` and are always open.
 */
const OPEN = ['/app/sign-in', '/app/start/letter'];

export const opensWhileLocked = (path: string): boolean =>
	OPEN.some((page) => path === page || path.startsWith(`${page}/`));
