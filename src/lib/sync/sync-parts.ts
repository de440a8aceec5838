import type { OpenStream } from '#browser/live-stream.ts';
import type { Clock } from '#browser/now.ts';
import type { Channel, Exclusive } from '#browser/tabs.ts';
import type { Visibility } from '#browser/visibility.ts';
import type { PhoneStore } from '#store/phone-store.ts';
import type { Leaving } from './give-up.ts';
import type { SyncStatus } from './status.ts';

/** What the tabs of a phone tell each other. */
export type Told = Pick<SyncStatus, 'net' | 'phase' | 'clockOff'>;

/** What syncing stands on. */
export type SyncParts = {
	store: Pick<PhoneStore, 'pull' | 'lastPull' | 'subscribe'> &
		Partial<Pick<PhoneStore, 'push' | 'filePush'>> &
		Leaving['store'];
	/** Everything below has the browser's own as its default; tests hand in theirs. */
	ask?: typeof fetch;
	clock?: Clock;
	random?: () => number;
	visibility?: Visibility;
	onNetworkChange?: (changed: () => void) => () => void;
	exclusive?: Exclusive;
	openStream?: OpenStream;
	channel?: Channel<Told>;
};
