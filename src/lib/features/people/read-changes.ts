/** Officer rows (opaque ids) whose change was read: "I have read this" is not asked twice. */
const KEY = 'alongside:read-changes';

export function readChanges(): ReadonlySet<string> {
	try {
		return new Set(JSON.parse(localStorage.getItem(KEY) ?? '[]') as string[]);
	} catch {
		return new Set();
	}
}

export function rememberChange(id: string): ReadonlySet<string> {
	const all = new Set(readChanges()).add(id);
	try {
		localStorage.setItem(KEY, JSON.stringify([...all]));
	} catch {
		// Storage is blocked: the notice comes back next time, which is harmless.
	}
	return all;
}
