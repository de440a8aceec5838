import { rmSync } from 'node:fs';
import { expect, test } from 'vitest';
import { killWriters } from '../../support/kill-writers.ts';
import { testFolder } from '../../support/database.ts';

const KILLS = Number(process.env.KILLS ?? 200);

// Each starts the database anew: 3 s on a quiet machine, 10 beside the browsers of the other lane.
const PATIENCE = { timeout: 60_000 + KILLS * 20_000 };

test(`${KILLS} kills lose nothing that was acknowledged`, PATIENCE, async () => {
	const dir = await testFolder();
	const { acked, atLeast, lost } = await killWriters(dir, KILLS);
	console.log(`kills: ${KILLS}, ${acked} acknowledged, ${lost.length} lost`);
	expect(lost).toEqual([]);
	expect(acked).toBeGreaterThanOrEqual(atLeast);
	rmSync(dir, { recursive: true });
});
