import { createWriteStream, type WriteStream } from 'node:fs';
import { once } from 'node:events';

const HEAD_CASES =
	'case_ref,upn,child_given_name,child_family_name,date_of_birth,school_urn,guardian_ref,guardian_name,guardian_role,guardian_address,reading_language,interpreter_language,officer_ref';
const HEAD_EVENTS = 'case_ref,event_type,event_date,detail,source_ref,note';
/** Eight facts of a case on its way, with the day of each after the request. */
const FACTS: [string, string, number][] = [
	['assessment.requested', 'by=parent', 0],
	['assessment.agreed', '', 38],
	['advice.requested', 'adviser=school', 40],
	['advice.requested', 'adviser=educational-psychology', 40],
	['advice.received', 'adviser=school', 70],
	['advice.received', 'adviser=educational-psychology', 85],
	['draft.served', 'kind=first', 100],
	['plan.finalised', 'kind=first', 139]
];

const day = (n: number) => new Date(Date.UTC(2024, 0, 1) + n * 86_400_000).toISOString().slice(0, 10);
const number = (i: number) => String(i).padStart(6, '0');
export const caseRef = (i: number) => `KC-${number(i)}`;
export const upnOf = (i: number) => `A${String(800_000_000_000 + i)}`;
const bornOn = (i: number) => `${2008 + (i % 12)}-0${1 + (i % 9)}-1${i % 10}`;
/** Names that differ without figures in them: a name with a long number looks like a swapped column. */
const letters = (i: number) => [...number(i)].map((figure) => 'abcdefghij'[Number(figure)]).join('');

async function write(out: WriteStream, text: string): Promise<void> {
	if (!out.write(text)) await once(out, 'drain');
}

async function file(path: string, lines: Iterable<string>): Promise<void> {
	const out = createWriteStream(path);
	let block = '';
	for (const line of lines) {
		block += line + '\n';
		if (block.length > 65_536) {
			await write(out, block);
			block = '';
		}
	}
	await write(out, block);
	out.end();
	await once(out, 'finish');
}

/** A roster of so many cases, one guardian each. */
export const makeRoster = (path: string, cases: number) => file(path, rosterLines(cases));

function* rosterLines(cases: number): Generator<string> {
	yield HEAD_CASES;
	for (let i = 0; i < cases; i++) {
		yield `${caseRef(i)},${upnOf(i)},Child ${letters(i)},Family ${letters(i)},${bornOn(i)},103214,G-${i},Guardian ${letters(i)},mother,"${i} Mill Lane, Kestrel",en,,P-0${i % 8}`;
	}
}

/** Eight events for each case, in the order of their types: one case's rows are spread over the whole file. */
export const makeEvents = (path: string, cases: number) => file(path, eventLines(cases));

function* eventLines(cases: number): Generator<string> {
	yield HEAD_EVENTS;
	for (const [n, [type, detail, after]] of FACTS.entries()) {
		for (let i = 0; i < cases; i++)
			yield `${caseRef(i)},${type},${day((i % 300) + after)},${detail},E-${i}-${n},`;
	}
}

/** A SEN2 return in XML with as many persons as the roster above has cases, and the same UPNs. */
export const makeSen2 = (path: string, persons: number) => file(path, sen2Lines(persons));

function* sen2Lines(persons: number): Generator<string> {
	yield '<?xml version="1.0" encoding="UTF-8"?><Message><Header><CollectionDetails><Collection>SEN2</Collection><Year>2025</Year></CollectionDetails></Header><Persons>';
	for (let i = 0; i < persons; i++) {
		const base = i % 300;
		yield `<Person><Surname>Family</Surname><Forename>Child</Forename><PersonBirthDate>${bornOn(i)}</PersonBirthDate><Sex>F</Sex><Ethnicity>NOBT</Ethnicity><UPN>${upnOf(i)}</UPN>
<Requests><ReceivedDate>${day(base)}</ReceivedDate><RequestSource>1</RequestSource><RequestOutcomeDate>${day(base + 38)}</RequestOutcomeDate><RequestOutcome>Y</RequestOutcome>
<Assessment><AssessmentOutcome>Y</AssessmentOutcome><AssessmentOutcomeDate>${day(base + 139)}</AssessmentOutcomeDate><Week20>0</Week20><NamedPlan><StartDate>${day(base + 139)}</StartDate></NamedPlan></Assessment>
<ActivePlans><SENneed><SENtype>SLCN</SENtype><SENtypeRank>1</SENtypeRank></SENneed></ActivePlans></Requests></Person>`;
	}
	yield '</Persons></Message>';
}
