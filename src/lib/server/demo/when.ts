import { type CivilDate, daysBetween } from '#domain/time/civil-date.ts';
import type { Config } from '../config.ts';

/** After a week the families have drifted out of the weeks they are named after. */
export const DEMO_DAYS = 7;

export type Standing = { demoLaidOn: string | null; realImportAt: Date | null; empty: boolean };

/**
 * Whether the demo is to be laid at this start (blueprint §6). `lay`: now; `keep`: the one that is there still holds; `none`:
 * this is not a demo; `refuse`: it was asked for by DEMO=1, but real families are here.
 *
 * A database is new while it holds no council: a start that was cut off between making it and laying the demo is made good.
 */
export function demoAtStart(
	config: Pick<Config, 'demo' | 'databaseUrl' | 'publicOrigin'>,
	at: Standing,
	today: CivilDate
): 'lay' | 'keep' | 'none' | 'refuse' {
	if (at.realImportAt) return config.demo ? 'refuse' : 'none';
	const privately = config.databaseUrl === undefined && config.publicOrigin === undefined;
	if (!config.demo && !privately) return 'none';
	if (at.demoLaidOn === null) return config.demo || at.empty ? 'lay' : 'none';
	const age = daysBetween(at.demoLaidOn, today);
	// A clock that was put back is no reason to keep a demo from the future.
	return age > DEMO_DAYS || age < 0 ? 'lay' : 'keep';
}
