import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'kysely';
import { runImport, type ImportOutcome, type ImportRequest } from '#server/importers/run-import.ts';
import type { Database } from '#server/db/open-database.ts';
import { TEST_SECRET } from '../../support/database.ts';

/** The day on which every test of the importers runs. */
export const TODAY = '2026-11-24';

export const HEAD = {
	cases:
		'case_ref,upn,child_given_name,child_family_name,date_of_birth,school_urn,guardian_ref,guardian_name,guardian_role,guardian_address,reading_language,interpreter_language,officer_ref',
	'case-events': 'case_ref,event_type,event_date,detail,source_ref,note',
	people:
		'kind,ref,name,team_ref,phone,email,hours,areas,from,until,fallback_name,fallback_phone,about,independent'
} as const;

const folder = mkdtempSync(join(tmpdir(), 'importers-'));
let made = 0;

/** Puts content on disk under a name of its own folder and returns the path. */
export function fileOf(name: string, content: string | Uint8Array): string {
	const path = join(mkdtempSync(join(folder, `${made++}-`)), name);
	writeFileSync(path, content);
	return path;
}

export const csvOf = (kind: keyof typeof HEAD, ...rows: string[]) =>
	fileOf(`${kind}.csv`, [HEAD[kind], ...rows, ''].join('\n'));

type Options = Partial<Omit<ImportRequest, 'kind' | 'paths'>>;

/** Judges files beside no database, as a first dry run does. */
export const judge = (
	kind: string,
	paths: string | string[],
	options: Options = {}
): Promise<ImportOutcome> =>
	runImport(
		{ kind, paths: [paths].flat(), dryRun: true, partial: false, ...options },
		{ today: TODAY, open: async () => null }
	);

/** Imports files into a database. */
export const bring = (
	database: Database,
	kind: string,
	paths: string | string[],
	options: Options = {}
): Promise<ImportOutcome> =>
	runImport(
		{ kind, paths: [paths].flat(), dryRun: false, partial: false, ...options },
		{ today: TODAY, open: async () => ({ transact: database.transact, secret: TEST_SECRET }) }
	);

/** What everything in the report's problems says, as one text. */
export const said = ({ report }: ImportOutcome) =>
	report.problems.map((p) => `${p.row} ${p.column}: ${p.problem} ${p.mend}`).join('\n');

/** Takes every council, case and import away: one database serves a whole test file, as opening one takes seconds. */
export async function empty(database: Database): Promise<void> {
	await sql`truncate scope_row, guardian, case_officer, officer, sen2_waiting, import_run, case_file, scope, council cascade`.execute(
		database.db
	);
}

/** Every live row of the database that holds family data, in order: for "nothing was written" and "nothing changed". */
export async function everything(database: Database): Promise<string> {
	const { db } = database;
	const rows = await db
		.selectFrom('scope_row')
		.select(['scope_id', 't', 'id', 'ver', 'deleted', 'v'])
		.orderBy('scope_id')
		.orderBy('t')
		.orderBy('id')
		.execute();
	const files = await db.selectFrom('case_file').selectAll().orderBy('scope_id').execute();
	const guardians = await db
		.selectFrom('guardian')
		.selectAll()
		.orderBy('scope_id')
		.orderBy('guardian_ref')
		.execute();
	const waiting = await db
		.selectFrom('sen2_waiting')
		.selectAll()
		.orderBy('upn_hmac')
		.orderBy('year')
		.execute();
	const runs = await db.selectFrom('import_run').select(['kind', 'state']).orderBy('started_at').execute();
	return JSON.stringify({ rows, files, guardians, waiting, runs: runs.length });
}
