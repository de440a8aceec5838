import { rmSync } from 'node:fs';
import { expect, test } from 'vitest';
import { freshPostgres, testFolder } from '../../support/database.ts';
import { killWriters, type Count } from '../../support/kill-writers.ts';
import { startPostgres } from '../../support/postgres.ts';

const KILLS = Number(process.env.KILLS ?? 200);

// Each starts the database anew: 3 s on a quiet machine, 10 beside the browsers of the other lane.
const PATIENCE = { timeout: 80_000 + KILLS * 20_000 };

function nothingIsLost(engine: string, { acked, pushed, ...faults }: Count): void {
	console.log(
		`${KILLS} kills on ${engine}: ${acked} written, ${pushed} pushed, ${faults.lost.length} lost, ` +
			`${faults.doubled.length} doubled, ${faults.otherwise.length} answered otherwise`
	);
	expect(faults).toEqual({ lost: [], doubled: [], otherwise: [] });
	expect(acked).toBeGreaterThanOrEqual(KILLS * 11);
	expect(pushed).toBeGreaterThanOrEqual(KILLS * 3);
}

test(`${KILLS} kills lose nothing that was acknowledged`, PATIENCE, async () => {
	const dir = await testFolder();
	nothingIsLost('PGlite', await killWriters({ env: { DATA_DIR: dir } }, KILLS));
	rmSync(dir, { recursive: true });
});

test(`${KILLS} kills on PostgreSQL, which crashes too, lose nothing`, PATIENCE, async () => {
	const postgres = await startPostgres();
	const made = await freshPostgres(postgres.url);
	const place = { env: { DATABASE_URL: made.url }, crash: postgres.crash };
	nothingIsLost('PostgreSQL', await killWriters(place, KILLS));
	await postgres.stop();
});
