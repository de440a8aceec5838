import type { ExitCode, ImportReport } from './report.ts';

const ENDINGS: Record<ExitCode, string> = {
	0: 'Every row is sound.',
	1: 'Some rows were refused.',
	2: 'The file cannot be used.'
};

const counted = (created: Record<string, number>) =>
	Object.entries(created)
		.map(([type, n]) => `${type} ${n}`)
		.join(', ');

/** The same report in words, for a person at a terminal. `written` says whether anything reached the database. */
export function reportText(report: ImportReport, end: { exitCode: ExitCode; written: boolean }): string {
	const { read, accepted, refused, unchanged } = report.rows;
	const lines = [
		`${report.kind}${report.dryRun ? ' (dry run: nothing is written)' : ''}`,
		...report.files.map((file) => `  ${file.name}  ${file.sha256 ?? 'not read'}`),
		`rows: ${read} read, ${accepted} accepted, ${refused} refused, ${unchanged} unchanged`
	];
	if (Object.keys(report.created).length > 0) {
		lines.push(`${report.dryRun ? 'would be made' : 'made'}: ${counted(report.created)}`);
	}
	for (const p of report.problems) {
		const place = [p.file, p.row === null ? '' : `row ${p.row}`, p.column ?? ''].filter(Boolean).join(', ');
		lines.push(`- ${place === '' ? '' : `${place}: `}${p.problem} ${p.mend}`.trimEnd());
	}
	lines.push(ENDINGS[end.exitCode]);
	if (end.exitCode === 1 && !end.written)
		lines.push('Nothing was written: mend the rows, or give --partial.');
	return lines.join('\n') + '\n';
}
