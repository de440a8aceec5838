/** How often a PIN or passphrase was wrong in a row, kept on the phone and shared by its tabs. Times are epoch ms. */
export type Ladder = {
	wrong: number;
	/** No PIN is looked at before this. */
	until: number;
	/** The latest moment this phone has seen: a clock set back does not make it earlier. */
	clock: number;
	/** The server's secret did not open though it should have: then the PIN stays a way in, with waits. */
	signInFailed?: boolean;
};

export const NO_LADDER: Ladder = { wrong: 0, until: 0, clock: 0 };
/** sync-and-security §5.1: five free tries, then 30 s, 5 min, 1 h; from the tenth on the PIN is no way in. */
export const FREE_TRIES = 5;
export const REFUSED_AT = 10;
const WAITS_MS = [30_000, 5 * 60_000, 60 * 60_000];

export function waitAfter(wrong: number): number {
	if (wrong < FREE_TRIES) return 0;
	return WAITS_MS[Math.min(wrong - FREE_TRIES, WAITS_MS.length - 1)]!;
}

/** The try is counted as wrong before it is looked at: a phone switched off in between gains none. */
export const counted = (ladder: Ladder, now: number): Ladder => {
	const wrong = ladder.wrong + 1;
	return { ...ladder, wrong, until: now + waitAfter(wrong), clock: now };
};

export const forgiven = (now: number): Ladder => ({ wrong: 0, until: 0, clock: now });

const whole = (value: unknown) =>
	typeof value === 'number' && Number.isFinite(value) ? Math.max(0, value) : 0;

/** What was read, whatever happened to it on the disk. */
export function ladderFrom(value: unknown): Ladder {
	if (typeof value !== 'object' || value === null) return NO_LADDER;
	const { wrong, until, clock, signInFailed } = value as Partial<Ladder>;
	const mark = whole(clock);
	return {
		wrong: Math.floor(whole(wrong)),
		// A changed byte must not ask for a thousand years.
		until: Math.min(whole(until), mark + WAITS_MS[2]!),
		clock: mark,
		...(signInFailed === true ? { signInFailed } : {})
	};
}

export type Clocks = { now(): number; steady(): number };

/**
 * Now, never earlier than any moment seen before: by this phone (`mark`) or by this page, whose steady clock goes on while the
 * other is set back. So waits end in their time with a page open, and never sooner.
 */
export function createLateClock({ now, steady }: Clocks) {
	let seen = { at: 0, steady: 0 };
	return {
		at(mark: number): number {
			const tick = steady();
			const passed = seen.at ? seen.at + Math.max(0, tick - seen.steady) : 0;
			seen = { at: Math.max(now(), mark, passed), steady: tick };
			return seen.at;
		},
		/** Somebody who may open the phone has opened it: its own clock is believed again. */
		trust: () => void (seen = { at: 0, steady: 0 })
	};
}
export type LateClock = ReturnType<typeof createLateClock>;
