/**
 * Family pages that show nothing of the phone's rows and stay open while it is locked: signing in is a way to open it. The public
 * pages (help, privacy) lie outside `/app` and are always open.
 */
const OPEN = ['/app/sign-in'];

export const opensWhileLocked = (path: string): boolean =>
	OPEN.some((page) => path === page || path.startsWith(`${page}/`));
