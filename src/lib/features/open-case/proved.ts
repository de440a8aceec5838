import type { OpenCase } from './open-case.svelte.ts';

/** As the server's step-up (sync-and-security §5.2): a copy of everything is not for whoever finds the phone open. */
const FRESH_MS = 5 * 60_000;

/** No lock, or it was opened on this page a moment ago. */
export const provedLately = (open: Pick<OpenCase, 'lockFacts' | 'provedAt'>, now = Date.now()): boolean =>
	!open.lockFacts?.set || now - open.provedAt < FRESH_MS;
