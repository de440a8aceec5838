import type { PullStore } from '#store/pull-store.ts';
import { keepSession, signOff } from './leave-session.ts';
import type { Line } from './line.ts';
import { redeem } from './redeem.ts';
import type { Sync } from './status.ts';

type Parts = {
	store: PullStore;
	line: Line;
	ask: typeof fetch;
	/** A session was opened: resolves when what it may read is here. */
	entered(): Promise<void>;
	left(): Promise<void>;
	offline(): void;
};

/** How a session is opened and ended: the part of `Sync` that waits for a person. */
export function waysIn(parts: Parts): Pick<Sync, 'redeem' | 'signIn' | 'wayTo' | 'stop'> {
	const { store, line, ask } = parts;

	/** Somebody tried to sign in: what they may read is here before they hear of it. */
	async function settled<T extends { ok: true } | { ok: false; why: string }>(outcome: T): Promise<T> {
		if (outcome.ok) {
			await keepSession(store);
			await parts.entered();
		} else if (outcome.why === 'offline') parts.offline();
		return outcome;
	}

	return {
		async redeem(code, bornOn) {
			return settled(await redeem({ store, post: line.post }, code, bornOn));
		},
		async signIn(by) {
			const { signIn } = await import('./sign-in.ts');
			return settled(await signIn({ store, line }, by));
		},
		async wayTo(ask) {
			const { wayToProvider } = await import('./provider-way.ts');
			return wayToProvider({ store, line }, ask);
		},
		stop: () => signOff(store, ask).then(parts.left)
	};
}
