import { liveQuery } from 'dexie';
import {
	openChecked,
	profileDb,
	profileName,
	PROFILE_VERSION,
	type IdbParts,
	type ProfileDb,
	type Registry
} from './db.ts';
import type { KeyCore } from './keys/key-core.ts';
import { openProfileKey } from './keys/profile-key.ts';
import { createSealer, type Sealer } from './keys/sealer.ts';
import { readMeta, writeMeta } from './meta.ts';
import { createOpenSet, type OpenSet } from './open-set.ts';
import { createOpenItems, type OpenItems } from './outbox/open-items.ts';
import { deviceKey } from './profiles.ts';
import { forgetAside, setAside } from './set-aside.ts';

/** One opened profile: its database, the seal, the opened rows and what waits to be sent. */
export type Session = {
	id: string;
	db: ProfileDb;
	sealer: Sealer;
	set: OpenSet;
	outbox: OpenItems;
	userId?: string;
	lastPull: string | null;
	/** From now on seals and opens with these: a lock was set, and the keys have moved into their thread. */
	use(keys: KeyCore): void;
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

/** `keys`: of a profile with a lock, opened; null: of one without, which the device key opens. */
type Surroundings = { registry: Registry; parts: IdbParts; keys: KeyCore | null };

/** Throws UpdateNeeded, Damaged (the profile's key does not open), or what IndexedDB threw. */
export async function openSession(
	{ registry, parts, keys }: Surroundings,
	id: string,
	events: SessionEvents
): Promise<Session> {
	const device = keys ? null : await deviceKey(registry, id);
	const db = profileDb(id, parts);
	db.on('versionchange', (event) => {
		db.close();
		events.replaced(event.newVersion === null);
	});
	db.on('blocked', events.blocked);
	try {
		const aside = await setAside(id, {
			name: profileName(id),
			newest: PROFILE_VERSION,
			indexedDB: parts.indexedDB
		});
		await openChecked(db, PROFILE_VERSION, parts);
		let now = keys ?? (await openProfileKey(db, device!));
		await mendDeviceId(db);
		const sealer = createSealer(db, () => now);
		const set = createOpenSet({ db, sealer, changed: events.changed, lost: events.lost });
		const outbox = createOpenItems({ db, sealer, changed: events.changed, lost: events.lost });
		const session: Session = {
			id,
			db,
			sealer,
			set,
			outbox,
			lastPull: null,
			use: (next) => void (now = next),
			async refresh() {
				session.userId = (await readMeta(db, 'account'))?.userId;
				session.lastPull = (await readMeta(db, 'lastPull')) ?? null;
			},
			close() {
				set.stop();
				outbox.stop();
				db.close();
			}
		};
		await session.refresh();
		await set.start();
		await outbox.start();
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
		// It opened once more after the upgrade: the copy beside it has done its work.
		if (aside === 'copy') void forgetAside(id, parts.indexedDB).catch(() => undefined);
		return session;
	} catch (error) {
		db.close();
		throw error;
	}
}

/**
 * A lost device id would look like an emptied database for ever after (`stillHere`). The key that just opened says that it is none:
 * the phone is a new device to the server, and keeps everything.
 */
async function mendDeviceId(db: ProfileDb): Promise<void> {
	if (await readMeta(db, 'deviceId')) return;
	await db.transaction('rw', db.keys, db.meta, async () => {
		const wrapped = (await db.keys.toArray()).some((key) => key.id === 'profile');
		if (wrapped && !(await readMeta(db, 'deviceId'))) await writeMeta(db, 'deviceId', crypto.randomUUID());
	});
}
