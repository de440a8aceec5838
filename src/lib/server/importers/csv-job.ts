import { breathe } from '../db/give-way.ts';
import { batches } from './bulk/batches.ts';
import { gather, isHeld, isRefused, sharesOf, type CsvKind, type Group } from './collect.ts';
import type { Asked, Job } from './job.ts';
import type { Inspected } from './read/inspect.ts';
import type { ReportBuilder } from './report.ts';
import type { Target, Written } from './target.ts';
import { add } from './counts.ts';

/** How one kind of CSV is written: `begin` reads what all its cases share, then batches of whole cases are written. */
export type CsvWriter<T> = {
	begin: (target: Target, groups: Group<T>[]) => Promise<(batch: Group<T>[]) => Promise<Written>>;
	would: (group: Group<T>) => Record<string, number>;
	/** Records of the database that one row of the file makes, about: what a transaction is measured in. */
	recordsPerRow: number;
};

export type CsvFiles<T> = { files: readonly Inspected[]; kind: CsvKind<T>; writer: CsvWriter<T> };

/** An import of one CSV kind. A file small enough to be held is read once; a larger one once per share and pass. */
export function csvJob<T>(source: CsvFiles<T>, asked: Asked): Job {
	const shares = sharesOf(source.files);
	const would: Record<string, number> = {};
	const held: Group<T>[][] = [];
	let between = source.kind.between?.();
	const groupsOf = async (index: number, note?: (text: string) => void) => {
		const share = { index, of: shares };
		const groups = await gather(source.files, {
			kind: source.kind,
			share,
			today: asked.today,
			...(note && { note })
		});
		if (index === 0) between = source.kind.between?.();
		for (const group of groups) {
			await breathe();
			between?.(group);
		}
		if (asked.partial) groups.forEach(holdBack);
		return groups;
	};
	return {
		judge: async (builder) => {
			for (let index = 0; index < shares; index++) {
				const groups = await groupsOf(index, (text) => builder.note(text));
				for (const group of groups) {
					await breathe();
					tally(group, builder);
					add(would, sound(group) ? source.writer.would(group) : {});
				}
				if (shares === 1) held[0] = groups;
			}
		},
		would: () => would,
		write: async (builder, target) => {
			for (let index = 0; index < shares; index++) {
				const groups = (held[index] ?? (await groupsOf(index))).filter(sound);
				const writeBatch = await source.writer.begin(target, groups);
				for (const batch of batches(groups, (group) => group.rows.length * source.writer.recordsPerRow))
					settle(builder, await writeBatch(batch));
			}
		}
	};
}

const sound = <T>(group: Group<T>) => group.rows.some((row) => !isRefused(row));

/** With --partial a case with a refused row waits whole: half a story would tell a family something untrue. */
function holdBack<T>(group: Group<T>): void {
	if (!isHeld(group)) return;
	const cause = group.rows.find((row) => row.verdicts.some((verdict) => verdict.effect === 'refuse'));
	for (const row of group.rows) {
		if (isRefused(row)) continue;
		const problem = `Row ${cause?.row} of the same case was refused, so the whole case waits.`;
		row.verdicts.push({
			column: null,
			problem,
			mend: 'Mend that row and run the file again.',
			effect: 'refuse'
		});
		row.value = null;
	}
}

function tally<T>(group: Group<T>, builder: ReportBuilder): void {
	const { rows } = builder.report;
	for (const row of group.rows) {
		rows.read += 1;
		if (isRefused(row)) rows.refused += 1;
		else rows.accepted += 1;
		for (const { column, problem, mend } of row.verdicts) {
			builder.tell({ file: row.file, row: row.row, column, problem, mend });
		}
	}
}

export function settle(builder: ReportBuilder, written: Written): void {
	builder.report.rows.accepted -= written.unchanged;
	builder.report.rows.unchanged += written.unchanged;
	builder.made(written.made);
	for (const problem of written.problems) builder.tell(problem);
}
