import { breathe } from '../db/give-way.ts';
import { checkCells } from './check/cells.ts';
import type { Effect, Say, Verdict } from './check/verdict.ts';
import { csvRows, type CsvRow } from './read/csv-rows.ts';
import type { Inspected } from './read/inspect.ts';
import type { Layout } from './read/layout.ts';
import { inFile } from './unusable.ts';

export type JudgedRow<T> = {
	file: string;
	sha256: string;
	row: number;
	value: T | null;
	verdicts: Verdict[];
};
/** All rows of one case (or one person): judged together and written together. */
export type Group<T> = { key: string; rows: JudgedRow<T>[] };

/** What a kind of CSV must know. `T` is a sound row. Judges are pure; `today` is the London day the import runs on. */
export type CsvKind<T> = {
	layout: Layout;
	keyOf: (row: CsvRow) => string;
	/** A sound row, or null after `say` has said why not. */
	judgeRow: (row: CsvRow, say: Say, today: string) => T | null;
	/** What only shows when a case's rows stand together: copies, contradictions, an end before its start. */
	judgeGroup: (group: Group<T>, today: string) => void;
	/** A judge of what only shows between cases; made anew for each pass, so that both passes find the same. */
	between?: () => (group: Group<T>) => void;
};

/** Which share of the cases is gathered in this reading, so that a large file never stands in memory whole. */
export type Share = { index: number; of: number };
/** CSV bytes gathered at a time: as objects they take about eight times that. */
const SHARE_BYTES = 2 * 1024 * 1024;
export const sharesOf = (files: readonly Inspected[]) =>
	Math.max(1, Math.ceil(files.reduce((sum, file) => sum + file.source.size, 0) / SHARE_BYTES));

export type Gather<T> = { kind: CsvKind<T>; share: Share; today: string; note?: (text: string) => void };

/** Reads the files and gathers the groups of one share, each row judged, then each group. */
export async function gather<T>(files: readonly Inspected[], ask: Gather<T>): Promise<Group<T>[]> {
	const groups = new Map<string, Group<T>>();
	for (const file of files) await gatherFile(file, groups, ask);
	for (const group of groups.values()) {
		await breathe();
		ask.kind.judgeGroup(group, ask.today);
	}
	return [...groups.values()];
}

async function gatherFile<T>(file: Inspected, groups: Map<string, Group<T>>, ask: Gather<T>): Promise<void> {
	try {
		for await (const row of csvRows(file, ask.kind.layout, ask.note)) {
			await breathe();
			const key = ask.kind.keyOf(row);
			if (ask.share.of > 1 && hash(key) % ask.share.of !== ask.share.index) continue;
			const judged = judge(row, file, ask);
			const group = groups.get(key);
			if (group) group.rows.push(judged);
			else groups.set(key, { key, rows: [judged] });
		}
	} catch (error) {
		throw inFile(error, file.source.name);
	}
}

function judge<T>(row: CsvRow, file: Inspected, ask: Gather<T>): JudgedRow<T> {
	const verdicts: Verdict[] = [];
	const say: Say = (column, problem, mend) => verdicts.push({ column, problem, mend, effect: 'refuse' });
	checkCells(row, ask.kind.layout, say);
	const value = ask.kind.judgeRow(row, say, ask.today);
	return {
		file: file.source.name,
		sha256: file.sha256,
		row: row.row,
		value: verdicts.length > 0 ? null : value,
		verdicts
	};
}

/** Adds a finding to a row that was sound on its own. */
export function find<T>(row: JudgedRow<T>, effect: Effect, said: Omit<Verdict, 'effect'>): void {
	row.verdicts.push({ ...said, effect });
	if (effect !== 'tell') row.value = null;
}

export const isRefused = <T>(row: JudgedRow<T>) => row.value === null;
/** A case waits as a whole when one of its rows was refused for more than being a copy. */
export const isHeld = <T>(group: Group<T>) =>
	group.rows.some((row) => row.verdicts.some((v) => v.effect === 'refuse'));

/** FNV-1a: spreads keys evenly over the shares; no secret. */
function hash(key: string): number {
	let h = 0x811c9dc5;
	for (let i = 0; i < key.length; i++) h = Math.imul(h ^ key.charCodeAt(i), 0x01000193);
	return h >>> 0;
}
