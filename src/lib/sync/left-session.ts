/**
 * A phone may be emptied, or signed out, without a connection. Then its session lives on at the server until somebody tells it:
 * this note stays behind (leave-session.ts writes it), and says only as which devices the server knew this phone.
 */
export const LEFT_SESSION_NOTE = 'alongside:end-session';
/** In the note, where it is not known which device it was: whoever is signed in. */
export const WHOEVER = '1';

/** What the note says, null without one. */
export function leftSession(): string | null {
	try {
		return localStorage.getItem(LEFT_SESSION_NOTE);
	} catch {
		return null;
	}
}

/** Ends it now, or at a later call: the note goes once the server has answered. Never throws. */
export async function endLeftSession(
	ask: typeof fetch = (input, init) => fetch(input, init),
	note = leftSession()
): Promise<void> {
	if (!note) return;
	try {
		const answer = await ask('/api/session/end', {
			method: 'POST',
			headers: { 'content-type': 'application/json', 'X-Alongside': '1' },
			body: JSON.stringify(note === WHOEVER ? {} : { devices: note.split(' ') }),
			credentials: 'same-origin',
			redirect: 'error'
		});
		// A café's sign-in page answers too, and ends nothing. Meanwhile the note may have got longer.
		const ended = answer.ok && answer.headers.get('content-type')?.includes('json');
		if (ended && leftSession() === note) localStorage.removeItem(LEFT_SESSION_NOTE);
	} catch {
		// No connection: the next opening tries again.
	}
}

/** Now, and whenever the network returns. Returns the way to stop. */
export function watchLeftSession(): () => void {
	const tell = () => void endLeftSession();
	tell();
	addEventListener('online', tell);
	return () => removeEventListener('online', tell);
}
