import type { EventType } from '#domain/case/vocabulary.ts';
import { partsOf, type Sen2Node } from './node.ts';
import { sen2Date } from './sen2-date.ts';
import type { Verdict } from '../check/verdict.ts';

/** What a return says of one person, before it meets a case. `ref` is the place in the file; it names nobody. */
export type Sen2Fact = {
	type: EventType;
	on: string;
	detail: Record<string, string>;
	note: string;
	ref: string;
};
export type Sen2Finding = Verdict & { file: string; row: number };
export type Sen2Person = {
	upn: string;
	bornOn: string;
	suppressed: boolean;
	facts: Sen2Fact[];
	findings: Sen2Finding[];
};

/** The letters of ReviewOutcome are not published: only the words are taken, anything else is "decision recorded". */
const REVIEW_OUTCOMES = ['maintain', 'amend', 'cease'];
/** CeaseReason 8: the child has died. Nobody must meet that in an app: the case is not shown. */
const DIED = '8';

const NOTES = {
	mediation: 'The yearly return says mediation took place. It gives no date.',
	tribunal: 'The yearly return says there was an appeal. It gives no date.',
	week20: 'The yearly return says an exception to the 20 weeks applies. It gives no reason.',
	recorded: 'Decision recorded. The yearly return does not say which in words.',
	transfer: 'The yearly return gives this as the day the plan for the move is due.',
	entered: 'A school place began.',
	left: 'A school place ended.'
};

/** Reads one person into facts and findings. Pure: `today` bounds what can already have happened. */
export function personOf(person: Sen2Node, today: string): Sen2Person {
	const read = new PersonReader(today);
	const bornOn = read.date(person, 'personbirthdate') ?? '';
	for (const request of partsOf(person, 'requests')) readRequest(request, read);
	for (const active of partsOf(person, 'activeplans')) readActive(active, read);
	for (const place of partsOf(person, 'placementdetail')) readPlace(place, read);
	const suppressed = [...partsOf(person, 'namedplan')].some((plan) => plan.fields.ceasereason === DIED);
	const upn = (person.fields.upn ?? '').toUpperCase().replace(/\s+/g, '');
	return { upn, bornOn, suppressed, facts: suppressed ? [] : read.facts, findings: read.findings };
}

class PersonReader {
	readonly facts: Sen2Fact[] = [];
	readonly findings: Sen2Finding[] = [];
	readonly #today: string;

	constructor(today: string) {
		this.#today = today;
	}

	/** A date that has happened, unless `ahead`. Null when it is not given; a wrong one is said. */
	date(node: Sen2Node, field: string, ahead = false): string | null {
		const text = node.fields[field] ?? '';
		if (text === '') return null;
		const read = sen2Date(text);
		if ('problem' in read) {
			this.say(node, field, { problem: read.problem, mend: read.mend, effect: 'refuse' });
			return null;
		}
		if (!ahead && read.day > this.#today) {
			this.say(node, field, {
				problem: `${read.day} is in the future.`,
				mend: 'Check the date.',
				effect: 'refuse'
			});
		}
		return read.day;
	}

	say(node: Sen2Node, field: string, said: Omit<Verdict, 'column'>): void {
		this.findings.push({ ...said, column: `${node.path}/${field}`, file: node.file, row: node.row });
	}

	order(
		node: Sen2Node,
		field: string,
		ask: { start: string | null; end: string | null; started: string }
	): void {
		const { start, end, started } = ask;
		if (start === null || end === null || end >= start) return;
		const problem = `${field} ${end} is before ${started} ${start}.`;
		this.say(node, field, { problem, mend: 'Check both dates.', effect: 'refuse' });
	}

	add(
		node: Sen2Node,
		field: string,
		fact: { type: EventType; on: string | null; detail?: Record<string, string>; note?: string }
	): void {
		// A planned end or start is no fact yet; the next return brings it. What is due may lie ahead.
		if (fact.on === null || (fact.on > this.#today && fact.type !== 'transfer.expected')) return;
		const { type, on, detail = {}, note = '' } = fact;
		this.facts.push({ type, on, detail, note, ref: `${node.path}/${field}` });
	}
}

function readRequest(node: Sen2Node, read: PersonReader): void {
	const { requestoutcome: outcome = '' } = node.fields;
	const received = read.date(node, 'receiveddate');
	const decided = read.date(node, 'requestoutcomedate');
	const assessments = [...partsOf(node, 'assessment')];
	const week20 = assessments.some((part) => part.fields.week20 === '1');
	read.add(node, 'receiveddate', {
		type: 'assessment.requested',
		on: received,
		note: week20 ? NOTES.week20 : ''
	});
	const note = happened(node, { mediation: ['requestmediation'], tribunal: ['requesttribunal'] });
	if (!isHistoric(outcome))
		read.order(node, 'requestoutcomedate', { start: received, end: decided, started: 'receiveddate' });
	addDecision(node, { field: 'requestoutcomedate', outcome, on: decided, note }, read);
	for (const assessment of assessments)
		readAssessment(assessment, { received, historic: isHistoric(outcome) }, read);
}

type Decision = { field: string; outcome: string; on: string | null; note: string };

function addDecision(node: Sen2Node, { field, outcome, on, note }: Decision, read: PersonReader): void {
	const code = outcome.toUpperCase();
	if (code === 'Y') read.add(node, field, { type: 'assessment.agreed', on, note });
	else if (code === 'N') read.add(node, field, { type: 'assessment.refused', on, note });
	else if (on !== null && code !== '')
		read.add(node, field, { type: 'note', on, detail: { what: 'decision' }, note: NOTES.recorded });
}

type Began = { received: string | null; historic: boolean };

function readAssessment(node: Sen2Node, began: Began, read: PersonReader): void {
	const outcome = (node.fields.assessmentoutcome ?? '').toUpperCase();
	const on = read.date(node, 'assessmentoutcomedate');
	const note = happened(node, {
		mediation: ['assessmentmediation', 'othermediation'],
		tribunal: ['assessmenttribunal', 'othertribunal']
	});
	const historic = began.historic || isHistoric(outcome);
	const started = 'receiveddate';
	if (!historic) read.order(node, 'assessmentoutcomedate', { start: began.received, end: on, started });
	if (outcome === 'N') read.add(node, 'assessmentoutcomedate', { type: 'plan.refused', on, note });
	else if (outcome === 'Y') {
		read.add(node, 'assessmentoutcomedate', { type: 'plan.finalised', on, detail: { kind: 'first' }, note });
	} else if (on !== null && outcome !== '') {
		read.add(node, 'assessmentoutcomedate', {
			type: 'note',
			on,
			detail: { what: 'decision' },
			note: NOTES.recorded
		});
	}
	for (const plan of partsOf(node, 'namedplan')) {
		const start = read.date(plan, 'startdate');
		if (!historic) read.order(plan, 'startdate', { start: began.received, end: start, started });
		// Both dates are kept when they differ: the return does not say which of them is the plan's.
		if (start !== null && !(outcome === 'Y' && start === on)) {
			read.add(plan, 'startdate', { type: 'plan.finalised', on: start, detail: { kind: 'first' } });
		}
		const ceased = read.date(plan, 'ceasedate', true);
		read.order(plan, 'ceasedate', { start, end: ceased, started: 'startdate' });
		read.add(plan, 'ceasedate', { type: 'plan.ceased', on: ceased });
	}
}

function readActive(node: Sen2Node, read: PersonReader): void {
	const meeting = read.date(node, 'reviewmeeting');
	const decided = read.date(node, 'lastreview');
	const word = (node.fields.reviewoutcome ?? '').toLowerCase();
	const outcome: Record<string, string> = REVIEW_OUTCOMES.includes(word) ? { outcome: word } : {};
	read.add(node, 'reviewmeeting', { type: 'review.meeting-held', on: meeting });
	read.add(node, 'lastreview', {
		type: 'review.decided',
		on: decided,
		detail: outcome,
		note: 'outcome' in outcome ? '' : NOTES.recorded
	});
	if (meeting !== null && decided !== null && decided < meeting) {
		const problem = `The last review was decided on ${decided}, before the meeting on ${meeting}.`;
		const mend = 'Both are kept. Check that the two columns are not swapped.';
		read.say(node, 'lastreview', { problem, mend, effect: 'tell' });
	}
	const draft = read.date(node, 'reviewdraft');
	read.add(node, 'reviewdraft', { type: 'draft.served', on: draft, detail: { kind: 'amended' } });
	const due = read.date(node, 'phasetransferduedate', true);
	read.add(node, 'phasetransferduedate', { type: 'transfer.expected', on: due, note: NOTES.transfer });
	const final = read.date(node, 'phasetransferfinaldate');
	read.add(node, 'phasetransferfinaldate', {
		type: 'plan.finalised',
		on: final,
		detail: { kind: 'amended' }
	});
}

function readPlace(node: Sen2Node, read: PersonReader): void {
	const entered = read.date(node, 'entrydate', true);
	const left = read.date(node, 'leavingdate', true);
	read.order(node, 'leavingdate', { start: entered, end: left, started: 'entrydate' });
	const school: Record<string, string> = node.fields.urn ? { urn: node.fields.urn } : {};
	read.add(node, 'entrydate', {
		type: 'note',
		on: entered,
		detail: { what: 'place-began', ...school },
		note: NOTES.entered
	});
	read.add(node, 'leavingdate', {
		type: 'note',
		on: left,
		detail: { what: 'place-ended', ...school },
		note: NOTES.left
	});
}

/** H: decided before this collection began; its dates belong to another history and are not held to an order. */
const isHistoric = (outcome: string) => outcome.toUpperCase() === 'H';

const isYes = (value: string | undefined) => ['1', 'true', 'y', 'yes'].includes((value ?? '').toLowerCase());

function happened(node: Sen2Node, flags: { mediation: string[]; tribunal: string[] }): string {
	const any = (names: string[]) => names.some((name) => isYes(node.fields[name]));
	return [any(flags.mediation) ? NOTES.mediation : '', any(flags.tribunal) ? NOTES.tribunal : '']
		.filter(Boolean)
		.join(' ');
}
