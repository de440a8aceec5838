import { join } from 'node:path';
import { readConfig } from '#server/config.ts';
import { openDatabase } from '#server/db/open-database.ts';
import { run } from './processes.ts';

const writer = join(import.meta.dirname, 'writer-process.ts');

/**
 * Starts a writing process on one folder again and again and kills it at a different commit each time. Returns how many rows
 * were acknowledged and which of them are not in the folder afterwards.
 */
export async function killWriters(
	dataDir: string,
	kills: number
): Promise<{ acked: number; atLeast: number; lost: number[] }> {
	const acked: number[] = [];
	let atLeast = 0;
	for (let kill = 0; kill < kills; kill++) {
		const first = kill * 100_000;
		const last = first + 10 + ((kill * 37) % 60);
		const one = run(writer, [String(first)], { DATA_DIR: dataDir });
		await one.line(/^open fsync$/);
		await one.line(new RegExp(`^ack ${last}$`));
		one.child.kill('SIGKILL');
		const { out } = await one.finished;
		// The last line may be cut: only whole ones were said.
		const said = out
			.slice(0, out.lastIndexOf('\n'))
			.split('\n')
			.filter((text) => text.startsWith('ack '));
		acked.push(...said.map((text) => Number(text.slice(4))));
		atLeast += last - first + 1;
	}
	const database = await openDatabase(readConfig({ DATA_DIR: dataDir }));
	const rows = await database.db
		.selectFrom('scope_row')
		.select(['id', 'v'])
		.where('scope_id', 'like', 'ref:KILL:%')
		.execute();
	await database.close();
	const kept = new Map(rows.map((row) => [row.id, (row.v as { n: number }).n]));
	return { acked: acked.length, atLeast, lost: acked.filter((n) => kept.get(`n${n}`) !== n) };
}
