import type { ProfileDb } from './db.ts';
import { Vanished } from './errors.ts';
import type { ServerKey } from './keys/envelope.ts';

/** The profile's few facts that are no rows. None of them says anything about a child. */
export type Meta = {
	deviceId: string;
	epoch: string;
	/** ISO instant, the server's time. */
	lastPull: string;
	/** Told by the server with each pull; lock/facts.ts judges by it. */
	offlineDays: number;
	account: { userId: string; signedIn: boolean };
	/** What unsent work is sealed to; public. */
	serverKey: ServerKey;
	/** The highest number of a mutation that was forgotten after its answer: none is used twice. */
	forgotten: number;
	/** Scopes read anew because a checksum did not match: a production figure whose target is 0. */
	healed: number;
};

type Facts = Pick<ProfileDb, 'meta'>;

export async function readMeta<K extends keyof Meta>(db: Facts, key: K): Promise<Meta[K] | undefined> {
	return (await db.meta.get(key))?.value as Meta[K] | undefined;
}

export async function writeMeta<K extends keyof Meta>(db: Facts, key: K, value: Meta[K]): Promise<void> {
	await db.meta.put({ key, value });
}

export async function count(db: ProfileDb, key: 'healed'): Promise<void> {
	await writeMeta(db, key, ((await readMeta(db, key)) ?? 0) + 1);
}

/**
 * Inside a writing transaction: the database is still the one whose key is in memory. Storage cleared under an open page
 * leaves an empty database that opens without complaint; rows sealed into it would be lost at the next start.
 */
export async function stillHere(db: Facts): Promise<void> {
	if (!(await db.meta.get('deviceId'))) throw new Vanished();
}
