/**
 * A note to the next opening that a lock is set, readable before any database (open-case/page-lock.ts reads it): then nothing of
 * Home is fetched in vain. It says nothing about anybody, and only the store decides: a wrong note costs a moment.
 */
const KEY = 'alongside:lock';

export function hintLock(set: boolean): void {
	try {
		if (set) localStorage.setItem(KEY, '1');
		else localStorage.removeItem(KEY);
	} catch {
		// Storage is blocked: then there is no lock either.
	}
}
