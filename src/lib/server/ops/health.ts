import { setTimeout as wait } from 'node:timers/promises';
import { readInstance } from '../instance.ts';
import type { Runtime } from '../runtime.ts';

/** Longer than any transaction of ours by far; a monitor must hear "no" rather than nothing. */
const PATIENCE_MS = 2_000;

export type Health = {
	ok: boolean;
	version: string;
	database: { engine: string; durability: string };
	/** True while the invented council is laid here: public pages say so. */
	demo?: boolean;
	serverTime: string;
};

/** GET /healthz: whether the database answers now. Says nothing about anybody. */
export async function health({ database }: Runtime, version: string): Promise<Health> {
	const facts = {
		version,
		database: { engine: database.engine, durability: database.durability },
		serverTime: new Date().toISOString()
	};
	const asked = database
		.transact((tx) => readInstance(tx), { readOnly: true })
		.then(
			(instance) => ({ ok: true, demo: instance.demoLaidOn !== null }),
			() => ({ ok: false })
		);
	return { ...facts, ...(await Promise.race([asked, wait(PATIENCE_MS, { ok: false }, { ref: false })])) };
}
