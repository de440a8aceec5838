import type { Position, PullStore } from './pull-store.ts';

type Account = Parameters<PullStore['openAccount']>[0];

/** What the pull store needs of the whole phone: which store answers now, and what stands in its way. */
export type PullFront = {
	ready: Promise<void>;
	/** The phone is locked. */
	locked(): boolean;
	/** Which device this is, told without a key; null without a profile. */
	lockedPosition(): Promise<Position | null>;
	/** Somebody signed in while it was locked. */
	signedIn(account: Account): void;
	/** The profile's own, or the memory of a browser that keeps nothing. */
	now(): PullStore;
	/** Work that a closing lock waits for; a database emptied under it is opened afresh. */
	noticing<T>(work: Promise<T>): Promise<T>;
	pulled(at: string): Promise<void>;
};

/** What sync sees, whatever state the phone is in. */
export function createFrontPull(front: PullFront): PullStore {
	const { now, noticing } = front;
	return {
		async position(mint) {
			await front.ready;
			// A pull needs keys, so there is nothing to ask for; a sign-in only has to say which device this is.
			if (front.locked()) return mint ? front.lockedPosition() : null;
			return now().position(mint);
		},
		async openAccount(account) {
			if (front.locked()) front.signedIn(account);
			else await noticing(now().openAccount(account));
		},
		closeAccount: () => now().closeAccount(),
		enterEpoch: (epoch) => noticing(now().enterEpoch(epoch)),
		expect: (page) => now().expect(page),
		applyPage: (page, first) => noticing(now().applyPage(page, first)),
		settleScopes: (end) => now().settleScopes(end),
		keepServerKey: (key) => now().keepServerKey(key),
		serverKey: () => now().serverKey(),
		async pulled(at, offlineDays) {
			await noticing(now().pulled(at, offlineDays));
			await front.pulled(at);
		}
	};
}
