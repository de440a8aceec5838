import { argon2id } from 'hash-wasm';
import type { Bytes } from './aes.ts';
import type { Stretching } from './key-core.ts';
import type { Stretch } from './ways.ts';

/** Runs in the keys' thread, which is told this; the page imports the file only to ask. */
export const url = import.meta.url;

/** KiB and passes: where measuring starts, and OWASP's least (19 MiB, 2 passes), below which no phone goes. */
export const START = { memory: 64 * 1024, passes: 3 } as const;
export const FLOOR = { memory: 19 * 1024, passes: 2 } as const;
/** A family waits this long at each opening and no longer; a thief waits it for each of a million guesses. */
const LEAST_MS = 500;
const MOST_MS = 1500;
const AIM_MS = 1000;
/** More passes than this on a fast phone would be felt on the slow one that its backup goes to. */
const MOST_PASSES = 12;
/** A changed byte in a kept number must not ask for 4 GB or an hour: far above what `fit` ever chooses. */
const BOUND = { memory: 256 * 1024, passes: 64 } as const;

export type Effort = Omit<Stretch, 'salt'>;

export const bearable = ({ memory, passes }: Effort): boolean =>
	Number.isInteger(memory) &&
	Number.isInteger(passes) &&
	memory >= 8 &&
	memory <= BOUND.memory &&
	passes >= 1 &&
	passes <= BOUND.passes;

/** From one measured derivation: the same effort when it took 0.5 to 1.5 s, else one that should take a second. */
export function fit(tried: Effort, ms: number): Effort {
	if (ms >= LEAST_MS && ms <= MOST_MS) return tried;
	const perUnit = ms / (tried.memory * tried.passes);
	if (ms < LEAST_MS) {
		const passes = Math.round(AIM_MS / (perUnit * tried.memory));
		return { memory: tried.memory, passes: Math.min(MOST_PASSES, Math.max(tried.passes, passes)) };
	}
	const memory = Math.floor(AIM_MS / (perUnit * tried.passes));
	return memory < FLOOR.memory ? FLOOR : { memory, passes: tried.passes };
}

const run = (text: string, { memory, passes, salt }: Stretch): Promise<Bytes> =>
	argon2id({
		password: text,
		salt,
		parallelism: 1,
		iterations: passes,
		memorySize: memory,
		hashLength: 32,
		outputType: 'binary'
	}) as Promise<Bytes>;

/** As it was done before; null for an effort that no phone was ever given. */
export const stretch = async (text: string, how: Stretch): Promise<Bytes | null> =>
	bearable(how) ? run(text, how) : null;

/** A phone of 2 GB may refuse 64 MiB: half as much is tried until the floor. Throws below it. */
async function withRoom(text: string, wanted: Stretch): Promise<{ bytes: Bytes; used: Stretch }> {
	try {
		return { bytes: await run(text, wanted), used: wanted };
	} catch (error) {
		if (wanted.memory <= FLOOR.memory) throw error;
		return withRoom(text, { ...wanted, memory: Math.max(FLOOR.memory, Math.floor(wanted.memory / 2)) });
	}
}

/** Stretches a new secret with an effort measured on this very phone. */
export async function stretchNew(text: string): Promise<{ bytes: Bytes; used: Stretch }> {
	const salt = crypto.getRandomValues(new Uint8Array(16));
	const begun = performance.now();
	const first = await withRoom(text, { ...START, salt });
	const effort = fit(first.used, performance.now() - begun);
	if (effort.memory === first.used.memory && effort.passes === first.used.passes) return first;
	return withRoom(text, { ...effort, salt });
}

export const argon: Stretching = { again: stretch, anew: stretchNew };
