import type { PullStore } from '#store/pull-store.ts';
import { endLeftSession, LEFT_SESSION_NOTE, leftSession, WHOEVER } from './left-session.ts';

type Here = Pick<PullStore, 'position' | 'closeAccount'>;

/**
 * Notes that these devices' sessions shall end, and returns the note (`endLeftSession`). One cookie serves all the people of a shared
 * phone, so the others' session, which may be the one that is open, is not touched. Without a device it is whoever is signed in.
 */
export function leaveSession(devices: readonly string[]): string {
	const before = leftSession();
	const whoever = devices.length === 0 || before === WHOEVER;
	const note = whoever ? WHOEVER : [...new Set([...(before?.split(' ') ?? []), ...devices])].join(' ');
	write(note);
	return note;
}

/** The person signs out: nothing is asked in their name any more, and the server hears it now or with the next connection. */
export async function signOff(here: Here, ask: typeof fetch): Promise<void> {
	const position = await here.position();
	await here.closeAccount();
	if (position) void endLeftSession(ask, leaveSession([position.deviceId]));
}

/** Somebody signed in with this device again: its session is no longer one to end. */
export async function keepSession(here: Pick<Here, 'position'>): Promise<void> {
	const before = leftSession();
	const device = before && (await here.position())?.deviceId;
	if (!before || !device) return;
	write(
		before
			.split(' ')
			.filter((one) => one !== device && one !== WHOEVER)
			.join(' ')
	);
}

function write(note: string): void {
	try {
		if (note) localStorage.setItem(LEFT_SESSION_NOTE, note);
		else localStorage.removeItem(LEFT_SESSION_NOTE);
	} catch {
		// Storage is blocked: what is to be ended is told now or never.
	}
}
