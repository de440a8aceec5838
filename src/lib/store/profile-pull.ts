import type { PulledScope } from '#contract/sync/pull.ts';
import { applyPage, ofScope, sealPage, type Sealed } from './apply-page.ts';
import { onDb } from './db.ts';
import { STALE_DAYS } from './lock/facts.ts';
import { keyPlace } from './keys/places.ts';
import type { Sealer } from './keys/sealer.ts';
import { readMeta, stillHere, writeMeta } from './meta.ts';
import type { Position, PullStore } from './pull-store.ts';
import type { Session } from './profile-session.ts';

/** What the pull store needs of its surroundings. */
export type PullHost = {
	session(): Session | null;
	/** Opens the session, minting a profile where there is none. */
	begin(): Promise<Session>;
	/** Something a screen may show has changed beside the rows. */
	changed(): void;
};

export function createProfilePull(host: PullHost): PullStore {
	function current(): Session {
		const session = host.session();
		if (!session) throw new Error('A pull needs an opened profile: ask for the position first.');
		return session;
	}

	const early = new WeakMap<PulledScope, { sealer: Sealer; sealed: Promise<Sealed> }>();

	async function read({ db }: Session): Promise<Position> {
		return onDb(db, () =>
			db.transaction('r', db.meta, db.scopes, async () => ({
				deviceId: (await readMeta(db, 'deviceId')) ?? '',
				epoch: (await readMeta(db, 'epoch')) ?? null,
				signedIn: (await readMeta(db, 'account'))?.signedIn ?? false,
				scopes: (await db.scopes.toArray()).map(({ id, cookie }) => ({ id, cookie }))
			}))
		);
	}

	return {
		async position(mint = false) {
			const session = mint ? await host.begin() : host.session();
			return session && read(session);
		},
		async openAccount({ userId, scopes }) {
			const session = await host.begin();
			const { db } = session;
			await onDb(db, () =>
				db.transaction('rw', db.meta, db.scopes, async () => {
					await stillHere(db);
					await writeMeta(db, 'account', { userId, signedIn: true });
					await grant(session, scopes);
				})
			);
			await session.refresh();
			host.changed();
		},
		async closeAccount() {
			const session = host.session();
			if (!session) return;
			const account = await readMeta(session.db, 'account');
			if (account)
				await onDb(session.db, () => writeMeta(session.db, 'account', { ...account, signedIn: false }));
		},
		async enterEpoch(epoch) {
			const { db } = current();
			await onDb(db, () =>
				db.transaction('rw', db.meta, db.scopes, db.uploads, async () => {
					await stillHere(db);
					if ((await readMeta(db, 'epoch')) === epoch) return;
					// In one transaction: a new epoch beside an old cookie would look like a phone that has read everything.
					await writeMeta(db, 'epoch', epoch);
					await db.scopes.toCollection().modify({ cookie: null });
					// Files whose bytes are still here are asked about again: that server may not have them.
					await db.uploads.filter(({ state }) => state === 'done').modify({ state: 'waiting' });
				})
			);
		},
		expect(page) {
			const sealer = host.session()?.sealer;
			if (!sealer) return;
			const sealed = sealPage(sealer, page);
			// Whoever applies the page hears of it.
			sealed.catch(() => undefined);
			early.set(page, { sealer, sealed });
		},
		applyPage(page, first) {
			const { db, sealer } = current();
			const begun = early.get(page);
			early.delete(page);
			// Once: after a connection that was lost it is sealed afresh, by whatever key is there then.
			let sealed = begun?.sealer === sealer ? begun.sealed : null;
			return onDb(db, () => {
				const ready = sealed ?? sealPage(sealer, page);
				sealed = null;
				return applyPage({ db, sealer }, { page, first, ready });
			});
		},
		async settleScopes({ granted, revoked }) {
			const session = current();
			const { db, sealer } = session;
			const gone = revoked.filter((scope) => !granted.includes(scope));
			await onDb(db, () =>
				db.transaction('rw', [db.rows, db.staging, db.scopes, db.keys], async () => {
					for (const scope of gone) {
						// Only what the server gave is the server's to take back.
						if (!(await db.scopes.get(scope))) continue;
						await ofScope(db.rows, scope).delete();
						await ofScope(db.staging, scope).delete();
						await db.keys.delete(keyPlace(scope));
						await db.scopes.delete(scope);
					}
					await grant(session, granted);
				})
			);
			for (const scope of gone) sealer.forget(scope);
		},
		async keepServerKey(key) {
			const { db } = current();
			await onDb(db, () => writeMeta(db, 'serverKey', key));
		},
		async serverKey() {
			const session = host.session();
			return (session && (await readMeta(session.db, 'serverKey'))) ?? null;
		},
		async pulled(at, offlineDays) {
			const session = current();
			const { db } = session;
			await onDb(db, () =>
				db.transaction('rw', db.meta, async () => {
					await writeMeta(db, 'lastPull', at);
					await writeMeta(db, 'offlineDays', offlineDays ?? STALE_DAYS.own);
				})
			);
			await session.refresh();
			// Whoever waited for the pull may read the rows straight after it.
			await session.set.settle();
			host.changed();
		}
	};
}

async function grant({ db }: Session, scopes: readonly string[]): Promise<void> {
	for (const id of scopes) {
		if (!(await db.scopes.get(id))) await db.scopes.put({ id, cookie: null, gen: 0, mismatches: 0 });
	}
}
