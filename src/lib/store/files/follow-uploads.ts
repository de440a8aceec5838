import { liveQuery, type Subscription } from 'dexie';
import type { Upload } from '../files.ts';
import type { Session } from '../profile-session.ts';

const NONE: readonly Upload[] = [];

/** What was sent with files, as it lies on the disk, of the profile that is open now. Read from the first time somebody asks. */
export function followUploads(host: { session(): Session | null; changed(): void }) {
	let of: Session | null = null;
	let list = NONE;
	let watch: Subscription | null = null;
	return (): readonly Upload[] => {
		const on = host.session();
		if (on === of) return list;
		watch?.unsubscribe();
		of = on;
		list = NONE;
		watch =
			on &&
			liveQuery(() => on.db.uploads.toArray()).subscribe({
				next(found) {
					if (of !== on) return;
					list = found;
					host.changed();
				},
				// Its session is gone; the next one is followed anew.
				error: () => undefined
			});
		return list;
	};
}
