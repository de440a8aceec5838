import { basename } from 'node:path';
import { councils, putCouncil } from '../cases/councils.ts';
import {
	closeUnfinished,
	finishImport,
	startImport,
	unfinishedImports,
	type ImportFile
} from '../cases/import-runs.ts';
import { markRealImport } from '../instance.ts';
import type { Transact } from '../db/transaction.ts';
import { csvJobFor } from './csv-writers.ts';
import type { Job } from './job.ts';
import { isKind, isLater, KINDS, LATER, type Kind } from './kinds.ts';
import { inspect, type Inspected } from './read/inspect.ts';
import { openSources, type Sources } from './read/open-sources.ts';
import { ReportBuilder, type ExitCode, type ImportReport } from './report.ts';
import { sen2Job } from './sen2/sen2-job.ts';
import type { Target } from './target.ts';
import { FileUnusable, inFile } from './unusable.ts';

export type ImportRequest = {
	kind: string;
	/** Absolute, or relative to this process. */
	paths: string[];
	dryRun: boolean;
	partial: boolean;
	/** GSS code; needed once the database holds several councils. */
	council?: string;
	/** The name for a council that this import is the first to speak of. */
	councilName?: string;
};
export type ImportOutcome = { report: ImportReport; exitCode: ExitCode; notes: string[]; written: boolean };
/** The database, opened only when something is to be written; null: a dry run beside no database. */
export type Opener = () => Promise<{ transact: Transact; secret: string } | null>;
export type ImportContext = { open: Opener; today: string };

/** The code of the one council of a server that was never told a code. */
const UNNAMED = 'LOCAL';

/** Judges the files whole, then writes them when they may be written. Throws only for faults that are not the files'. */
export async function runImport(request: ImportRequest, context: ImportContext): Promise<ImportOutcome> {
	const builder = new ReportBuilder(request.kind, request.dryRun);
	let sources: Sources | null = null;
	let written = false;
	try {
		const kind = askedKind(request);
		sources = await openSources(kind, request.paths);
		const files = await inspectAll(sources, builder);
		const job =
			kind === 'sen2'
				? sen2Job(files, { ...context, ...request })
				: csvJobFor(kind, files, { ...context, ...request });
		await job.judge(builder);
		refuseNothing(builder, files);
		if (builder.exitCode === 0 || request.partial)
			written = await settleJob(job, builder, { request, context });
	} catch (error) {
		if (!(error instanceof FileUnusable)) throw error;
		const { problem, mend, row, column } = error;
		// A file that could not even be opened is listed all the same, without a digest.
		if (builder.report.files.length === 0) {
			builder.report.files.push(...request.paths.map((path) => ({ name: basename(path), sha256: null })));
		}
		builder.unusable({ file: error.file ?? '', row, column, problem, mend });
	} finally {
		sources?.close();
	}
	return { ...builder.finish(), written: written || builder.began };
}

function askedKind({ kind, paths }: ImportRequest): Kind {
	if (isLater(kind))
		throw new FileUnusable(`Importing ${kind} is not built yet.`, `Built: ${KINDS.join(', ')}.`);
	if (!isKind(kind)) {
		throw new FileUnusable(`"${kind}" is no kind of import.`, `Kinds: ${[...KINDS, ...LATER].join(', ')}.`);
	}
	if (paths.length === 0)
		throw new FileUnusable('No file was named.', `Type: npm run -s import -- ${kind} FILE`);
	return kind;
}

async function inspectAll(sources: Sources, builder: ReportBuilder): Promise<Inspected[]> {
	const files: Inspected[] = [];
	for (const source of sources.files) {
		const listed: { name: string; sha256: string | null } = { name: source.name, sha256: null };
		builder.report.files.push(listed);
		try {
			const file = await inspect(source);
			listed.sha256 = file.sha256;
			if (file.encoding !== 'utf-8') builder.note(`${source.name} was read as ${file.encoding}.`);
			files.push(file);
		} catch (error) {
			throw inFile(error, source.name);
		}
	}
	return files;
}

/** A file from which nothing was read must never look like a success. */
function refuseNothing(builder: ReportBuilder, files: readonly Inspected[]): void {
	if (builder.report.rows.read > 0) return;
	throw inFile(
		new FileUnusable('There are no rows under the heading.', 'Export it again.'),
		files[0]?.source.name ?? ''
	);
}

type Around = { request: ImportRequest; context: ImportContext };

/** Writes the job (or counts what it would write). Returns whether anything could reach the database. */
async function settleJob(job: Job, builder: ReportBuilder, { request, context }: Around): Promise<boolean> {
	const database = await context.open();
	if (database === null) {
		builder.made(job.would());
		return false;
	}
	const { secret } = database;
	const transact: Transact = (work, options) => database.transact(work, { ...options, job: true });
	const council = await chooseCouncil(transact, builder, request);
	const target: Target = { transact, secret, council, today: context.today, dryRun: request.dryRun };
	if (request.dryRun) {
		await job.write(builder, target);
		return false;
	}
	const files = builder.report.files as ImportFile[];
	const run = await transact(async (tx) => {
		const others = (await unfinishedImports(tx)).filter(
			(old) => !sameFiles(old, { council, kind: request.kind, files })
		);
		for (const old of others) {
			const names = old.files.map((file) => file.name).join(', ');
			builder.note(`An earlier import of ${old.kind} (${names}) was cut off. Run it again to finish it.`);
		}
		await markRealImport(tx);
		return startImport(tx, { council, kind: request.kind, files });
	});
	builder.began = true;
	await job.write(builder, target);
	await transact(async (tx) => {
		await finishImport(tx, run, { ...builder.report.created, ...builder.report.rows });
		for (const file of files) await closeUnfinished(tx, { council, kind: request.kind, sha256: file.sha256 });
	});
	return true;
}

const sameFiles = (
	old: { council: string; kind: string; files: ImportFile[] },
	now: { council: string; kind: string; files: ImportFile[] }
) =>
	old.council === now.council &&
	old.kind === now.kind &&
	old.files.some((file) => now.files.some((one) => one.sha256 === file.sha256));

async function chooseCouncil(
	transact: Transact,
	builder: ReportBuilder,
	request: ImportRequest
): Promise<string> {
	const known = await transact((tx) => councils(tx), { readOnly: true });
	if (request.council === undefined && known.length > 1) {
		const codes = known.map((council) => council.code).join(', ');
		throw new FileUnusable('This server holds several councils.', `Say which with --council CODE: ${codes}.`);
	}
	const code = request.council ?? known[0]?.code ?? UNNAMED;
	if (known.some((council) => council.code === code)) return code;
	if (!/^[A-Za-z0-9-]{1,20}$/.test(code)) {
		throw new FileUnusable(
			'The council code holds other signs than letters, figures and -.',
			'Give the GSS code.'
		);
	}
	const name = request.councilName ?? (code === UNNAMED ? 'Your council' : code);
	builder.note(
		`This is the first import for the council ${code}; families see it as "${name}". Set it with --council CODE --council-name NAME.`
	);
	if (!request.dryRun) await transact((tx) => putCouncil(tx, { code, name }));
	return code;
}
