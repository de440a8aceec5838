import { readFileSync } from 'node:fs';
import { readCase } from '#domain/case/read-case.ts';
import { UNNAMED } from '#domain/case/read-event.ts';
import type { Remark } from '#domain/case/reading.ts';
import { councilByCode, DEMO_COUNCIL, type CouncilRecord } from '#domain/law/council-promises.ts';
import { lawFor } from '#domain/law/law-for.ts';
import type { LawResult, Trigger } from '#domain/law/milestone.ts';

const HELP = `npm run -s deadlines -- FILE.json     (FILE "-" reads standard input)

Reads one case, or an array of cases, and prints what the law says about each, as JSON.

  { "asOf": "2026-02-20", "child": { "bornOn": "2019-03-04" }, "council": "E08000025",
    "events": [ { "type": "assessment.requested", "on": "2026-01-05" } ] }

asOf     the day on which the case is looked at (needed)
child    bornOn: date of birth (may be left out)
council  a code, or { "code": …, "promises": ["CO-BCC-15WD"] }; left out: the demo council's promises
events   type and on, with detail, id and recordedAt where known

Prints { lawAsAt, rules, milestones, remarks?, warnings? }, or an array of them.
Exit code 0; 2 when the file cannot be used, with the reason on standard error.`;

class Refusal extends Error {}

function read(file: string): unknown {
	let text: string;
	try {
		text = readFileSync(file === '-' ? 0 : file, 'utf8').replace(/^\uFEFF/, '');
	} catch (error) {
		throw new Refusal(`${file} cannot be read: ${error instanceof Error ? error.message : String(error)}`);
	}
	try {
		return JSON.parse(text);
	} catch (error) {
		throw new Refusal(`${file} is not JSON: ${error instanceof Error ? error.message : String(error)}`);
	}
}

function council(given: string | CouncilRecord | undefined): { record: CouncilRecord; remarks: Remark[] } {
	if (given === undefined) return { record: DEMO_COUNCIL, remarks: [] };
	if (typeof given !== 'string') return { record: given, remarks: [] };
	const record = councilByCode(given);
	if (record) return { record, remarks: [] };
	const message = `No record of council "${given}": no promise of its own is applied.`;
	return { record: { code: given, promises: [] }, remarks: [{ code: 'council-unknown', message }] };
}

/** An id that only this run gave says nothing to the reader. */
const named = <T extends { id?: string }>({ id, ...rest }: T) =>
	id === undefined || id.startsWith(UNNAMED) ? rest : { ...rest, id };

/** A trigger is printed as the pages define it: type, day and, where several share a day, whose (law-decisions §1.5). */
function partyAndDay({ type, on, adviser, setting }: Trigger) {
	return { type, on, ...(adviser !== undefined && { adviser }), ...(setting !== undefined && { setting }) };
}

function printed({ milestones, remarks, warnings, ...stamp }: LawResult, more: Remark[]) {
	const said = [...more, ...warnings].map(({ event, ...rest }) =>
		event === undefined
			? rest
			: { ...rest, event: event.startsWith(UNNAMED) ? Number(event.slice(1)) : event }
	);
	return {
		...stamp,
		milestones: milestones.map((milestone) => ({
			...milestone,
			trigger: partyAndDay(milestone.trigger),
			...(milestone.closedBy && { closedBy: named(milestone.closedBy) }),
			...(milestone.inputs && { inputs: milestone.inputs.map(named) })
		})),
		...(remarks.length > 0 && { remarks }),
		...(said.length > 0 && { warnings: said })
	};
}

function answer(value: unknown, place: string) {
	const reading = readCase(value);
	if (!reading.ok) throw new Refusal(reading.problems.map((problem) => `${place}${problem}`).join('\n'));
	const { record, remarks } = council(reading.case.council);
	return printed(lawFor({ ...reading.case, council: record }), [...reading.remarks, ...remarks]);
}

function main(args: string[]): number {
	if (args.includes('--help') || args.includes('-h')) {
		console.log(HELP);
		return 0;
	}
	const [file, ...others] = args;
	try {
		if (file === undefined || others.length > 0) throw new Refusal(`One file is needed.\n\n${HELP}`);
		const value = read(file);
		const result = Array.isArray(value)
			? value.map((item: unknown, index) => answer(item, `case [${index}]: `))
			: answer(value, '');
		console.log(JSON.stringify(result, null, '\t'));
		return 0;
	} catch (error) {
		if (!(error instanceof Refusal)) throw error;
		console.error(error.message);
		return 2;
	}
}

process.exitCode = main(process.argv.slice(2));
