/** What an import says at its end (blueprint §6). The JSON form is printed by `--json` and nothing else is. */
export type Problem = {
	file: string;
	/** The row as a spreadsheet numbers it (heading row included), or the line of an XML file; null: the whole file. */
	row: number | null;
	column: string | null;
	problem: string;
	mend: string;
};

export type Rows = { read: number; accepted: number; refused: number; unchanged: number };

export type ImportReport = {
	kind: string;
	dryRun: boolean;
	files: { name: string; sha256: string | null }[];
	rows: Rows;
	/** How many of each record type were made; in a dry run, how many would be. */
	created: Record<string, number>;
	problems: Problem[];
};

/** 0 all sound, 1 rows refused, 2 a file cannot be used (blueprint §6). */
export type ExitCode = 0 | 1 | 2;

/** So that a 400 MB file in which every row is wrong cannot fill the memory; the counts stay exact. */
const LISTED = 5000;

export class ReportBuilder {
	readonly report: ImportReport;
	/** Things worth knowing that need no mending: how the file was read, what is left unfinished. Printed beside, never in the JSON. */
	readonly notes: string[] = [];
	/** Set when the first case is about to be written. */
	began = false;
	#unlisted = 0;
	#unusable = false;

	constructor(kind: string, dryRun: boolean) {
		const rows = { read: 0, accepted: 0, refused: 0, unchanged: 0 };
		this.report = { kind, dryRun, files: [], rows, created: {}, problems: [] };
	}

	tell(problem: Problem): void {
		if (this.report.problems.length < LISTED) this.report.problems.push(problem);
		else this.#unlisted += 1;
	}

	unusable(problem: Problem): void {
		this.#unusable = true;
		this.report.problems.push(problem);
		if (this.began) return;
		// Nothing of the file was taken, whatever was counted before the fault was met.
		this.report.rows = { read: 0, accepted: 0, refused: 0, unchanged: 0 };
		this.report.created = {};
	}

	note(text: string): void {
		if (!this.notes.includes(text)) this.notes.push(text);
	}

	made(counts: Record<string, number>): void {
		for (const [type, n] of Object.entries(counts)) {
			if (n !== 0) this.report.created[type] = (this.report.created[type] ?? 0) + n;
		}
	}

	get exitCode(): ExitCode {
		if (this.#unusable) return 2;
		return this.report.rows.refused > 0 ? 1 : 0;
	}

	/** The report in the order of the file, with a last line for what was not listed. */
	finish(): { report: ImportReport; exitCode: ExitCode; notes: string[] } {
		const order = new Map(this.report.files.map((file, i) => [file.name, i]));
		const place = (p: Problem) => order.get(p.file) ?? -1;
		this.report.problems.sort((a, b) => place(a) - place(b) || (a.row ?? 0) - (b.row ?? 0));
		if (this.#unlisted > 0) {
			this.report.problems.push({
				file: this.report.files[0]?.name ?? '',
				row: null,
				column: null,
				problem: `${this.#unlisted} more problems are not listed here.`,
				mend: 'Mend the ones above and run it again.'
			});
		}
		return { report: this.report, exitCode: this.exitCode, notes: this.notes };
	}
}
