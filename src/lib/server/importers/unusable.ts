/** A file of which nothing can be used (exit 2): said in plain words, with how to mend it. Never holds the file's content. */
export class FileUnusable extends Error {
	readonly problem: string;
	readonly mend: string;
	readonly row: number | null;
	readonly column: string | null;
	/** Which of the files; set by whoever knows it. */
	file: string | null = null;

	constructor(problem: string, mend: string, place: { row?: number; column?: string } = {}) {
		super(problem);
		this.name = 'FileUnusable';
		this.problem = problem;
		this.mend = mend;
		this.row = place.row ?? null;
		this.column = place.column ?? null;
	}
}

/** Says of a problem which file it was found in. */
export function inFile(error: unknown, name: string): unknown {
	if (error instanceof FileUnusable) error.file ??= name;
	return error;
}
