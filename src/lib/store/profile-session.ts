import { liveQuery } from 'dexie';
import {
	openChecked,
	profileDb,
	PROFILE_VERSION,
	type IdbParts,
	type ProfileDb,
	type Registry
} from './db.ts';
import { openProfileKey } from './keys/profile-key.ts';
import { createSealer, type Sealer } from './keys/sealer.ts';
import { readMeta } from './meta.ts';
import { createOpenSet, type OpenSet } from './open-set.ts';
import { deviceKey } from './profiles.ts';

/** One opened profile: its database, the seal, the opened rows. */
export type Session = {
	id: string;
	db: ProfileDb;
	sealer: Sealer;
	set: OpenSet;
	userId?: string;
	lastPull: string | null;
	/** Reads the few facts again after they were written. */
	refresh(): Promise<void>;
	close(): void;
};

export type SessionEvents = {
	changed: () => void;
	/** The connection is gone and could not be had back. */
	lost: () => void;
	/** Another tab removed (`gone`) or upgraded the database; ours is closed so that it can go on. */
	replaced: (gone: boolean) => void;
	/** An older tab holds the upgrade up; it is asked to close by the browser. */
	blocked: () => void;
};

/** Throws UpdateNeeded, Damaged (the profile's key does not open), or what IndexedDB threw. */
export async function openSession(
	{ registry, parts }: { registry: Registry; parts: IdbParts },
	id: string,
	events: SessionEvents
): Promise<Session> {
	const device = await deviceKey(registry, id);
	const db = profileDb(id, parts);
	db.on('versionchange', (event) => {
		db.close();
		events.replaced(event.newVersion === null);
	});
	db.on('blocked', events.blocked);
	try {
		await openChecked(db, PROFILE_VERSION, parts);
		const sealer = createSealer(db, await openProfileKey(db, device));
		const set = createOpenSet({ db, sealer, changed: events.changed, lost: events.lost });
		const session: Session = {
			id,
			db,
			sealer,
			set,
			lastPull: null,
			async refresh() {
				session.userId = (await readMeta(db, 'account'))?.userId;
				session.lastPull = (await readMeta(db, 'lastPull')) ?? null;
			},
			close() {
				set.stop();
				db.close();
			}
		};
		await session.refresh();
		await set.start();
		// Another tab may pull or sign in: its facts are this tab's too.
		const facts = liveQuery(() => db.meta.toArray()).subscribe({
			next: () => void session.refresh().then(events.changed, () => undefined),
			error: () => undefined
		});
		const close = session.close;
		session.close = () => {
			facts.unsubscribe();
			close();
		};
		return session;
	} catch (error) {
		db.close();
		throw error;
	}
}
