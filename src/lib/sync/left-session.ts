/**
 * A phone may be emptied without a connection. Then its session lives on at the server until somebody tells it: this note stays
 * behind, and says only that.
 */
const NOTE = 'alongside:end-session';
export const LEFT_SESSION_NOTE = NOTE;

export function hasLeftSession(): boolean {
	try {
		return localStorage.getItem(NOTE) === '1';
	} catch {
		return false;
	}
}

/** Ends it now, or at a later call: the note goes once the server has answered. Never throws. */
export async function endLeftSession(ask: typeof fetch = (input, init) => fetch(input, init)): Promise<void> {
	if (!hasLeftSession()) return;
	try {
		const answer = await ask('/api/session/end', {
			method: 'POST',
			headers: { 'content-type': 'application/json', 'X-Alongside': '1' },
			body: '{}',
			credentials: 'same-origin',
			redirect: 'error'
		});
		// A café's sign-in page answers too, and ends nothing.
		if (answer.ok && answer.headers.get('content-type')?.includes('json')) localStorage.removeItem(NOTE);
	} catch {
		// No connection: the next opening tries again.
	}
}

export function leaveSession(): void {
	localStorage.setItem(NOTE, '1');
}
