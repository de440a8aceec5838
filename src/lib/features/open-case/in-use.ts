/** Which profiles were in use on this phone, by their random ids: beside the database, so that its loss shows (loss.ts). */
const IN_USE = 'alongside:in-use';

export function inUse(): string[] {
	try {
		const kept: unknown = JSON.parse(localStorage.getItem(IN_USE) ?? '[]');
		return Array.isArray(kept) ? kept.filter((id) => typeof id === 'string') : [];
	} catch {
		return [];
	}
}

export function remember(ids: readonly string[]): void {
	try {
		if (ids.length === 0) localStorage.removeItem(IN_USE);
		else localStorage.setItem(IN_USE, JSON.stringify(ids));
	} catch {
		// Storage is blocked: then the database is too, and that is said elsewhere.
	}
}

/** A person takes away what is here: no loss. */
export const forgetUse = (): void => remember([]);
