import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { KINDS, LATER } from './kinds.ts';
import { reportText } from './report-text.ts';
import { runImport, type ImportContext, type ImportRequest } from './run-import.ts';

export const USAGE = `npm run -s import -- KIND FILE… [--dry-run] [--json] [--partial] [--council CODE] [--council-name NAME]

KIND       ${KINDS.join(', ')} (later: ${LATER.join(', ')})
--dry-run  judge the files and say what would be made; nothing is written
--json     print one JSON object and nothing else
--partial  write the sound cases although others are refused
--council  the GSS code, once the server holds several councils

Exit codes: 0 all sound, 1 rows refused, 2 a file cannot be used.
`;

export type CommandResult = { stdout: string; stderr: string; exitCode: number };

/** The import command from its words to what it prints: run by the script, or by the server that holds the data folder. */
export async function importCommand(
	words: string[],
	context: ImportContext & { cwd: string }
): Promise<CommandResult> {
	const asked = readWords(words, context.cwd);
	if ('wrong' in asked) return { stdout: '', stderr: `${asked.wrong}\n\n${USAGE}`, exitCode: 2 };
	if ('help' in asked) return { stdout: USAGE, stderr: '', exitCode: 0 };
	const { report, exitCode, notes, written } = await runImport(asked.request, context);
	const stdout = asked.json
		? JSON.stringify(report, null, 2) + '\n'
		: reportText(report, { exitCode, written });
	const stderr = notes.map((note) => `note: ${note}\n`).join('');
	return { stdout: harmless(stdout), stderr: harmless(stderr), exitCode };
}

/** Cells, headings and file names are quoted as they came: what steers a terminal must not reach one. */
// eslint-disable-next-line no-control-regex -- control characters are what is looked for
const harmless = (text: string) => text.replace(/[\x00-\x08\x0b-\x1f\x7f-\x9f]/g, '\ufffd');

type Asked = { request: ImportRequest; json: boolean } | { wrong: string } | { help: true };

export function readWords(words: string[], cwd: string): Asked {
	const options = {
		'dry-run': { type: 'boolean', default: false },
		json: { type: 'boolean', default: false },
		partial: { type: 'boolean', default: false },
		help: { type: 'boolean', short: 'h', default: false },
		council: { type: 'string' },
		'council-name': { type: 'string' }
	} as const;
	let parsed;
	try {
		parsed = parseArgs({ args: words, options, allowPositionals: true });
	} catch (error) {
		return { wrong: error instanceof Error ? error.message : String(error) };
	}
	const { values, positionals } = parsed;
	if (values.help) return { help: true };
	const [kind, ...paths] = positionals;
	if (kind === undefined) return { wrong: 'Say what to import.' };
	const request: ImportRequest = {
		kind,
		paths: paths.map((path) => resolve(cwd, path)),
		dryRun: values['dry-run'],
		partial: values.partial,
		...(values.council !== undefined && { council: values.council }),
		...(values['council-name'] !== undefined && { councilName: values['council-name'] })
	};
	return { request, json: values.json };
}
