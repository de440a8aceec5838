import { createHash } from 'node:crypto';
import { breathe, someoneAsks } from '../../db/give-way.ts';
import { add } from '../counts.ts';
import { settle } from '../csv-job.ts';
import type { Asked, Job } from '../job.ts';
import type { Inspected } from '../read/inspect.ts';
import type { ReportBuilder } from '../report.ts';
import { personOf, type Sen2Person } from './facts.ts';
import type { Sen2Node } from './node.ts';
import { personsOf } from './persons.ts';
import { writeSen2Persons, type PersonToWrite } from './write-batch.ts';

/** Persons of one transaction: each has about eight facts, and all of theirs may have to be written (see bulk/batches.ts). */
const batchNow = () => (someoneAsks() ? 3 : 20);
const UPN = /^[A-Z0-9]{8,20}$/;

/** An import of a SEN2 return. One row of the report is one person, in both file layouts. */
export function sen2Job(files: readonly Inspected[], asked: Asked): Job {
	const would: Record<string, number> = {};
	return {
		judge: async (builder) => {
			const upns = new Upns();
			let undated = false;
			for await (const found of personsOf(files)) {
				await breathe();
				if ('orphan' in found) {
					tellOrphan(builder, found.orphan);
					continue;
				}
				undated ||= found.year === 0;
				const person = judged(found.node, { upns, today: asked.today });
				tally(builder, person);
				if (isSound(person) && person.upn !== '') add(would, countsOf(person));
			}
			if (undated) builder.note('The return does not say its year.');
		},
		would: () => would,
		write: async (builder, target) => {
			const upns = new Upns();
			let batch: PersonToWrite[] = [];
			for await (const found of personsOf(files)) {
				await breathe();
				if ('orphan' in found) continue;
				const person = judged(found.node, { upns, today: asked.today });
				if (!isSound(person) || person.upn === '') continue;
				batch.push({ ...found, person });
				if (batch.length < batchNow()) continue;
				settle(builder, await writeSen2Persons(batch, target));
				batch = [];
			}
			if (batch.length > 0) settle(builder, await writeSen2Persons(batch, target));
		}
	};
}

/** Seen UPNs, as short digests: a set of the numbers themselves would be a list of children in memory. */
class Upns {
	readonly #seen = new Map<string, number>();

	/** The row that had this UPN before, or null. */
	before(upn: string, row: number): number | null {
		const key = createHash('sha256').update(upn).digest('base64').slice(0, 16);
		const earlier = this.#seen.get(key) ?? null;
		if (earlier === null) this.#seen.set(key, row);
		return earlier;
	}
}

function judged(node: Sen2Node, ask: { upns: Upns; today: string }): Sen2Person {
	const person = personOf(node, ask.today);
	const at = { column: `${node.path}/upn`, file: node.file, row: node.row };
	if (!UPN.test(person.upn)) {
		const problem = person.upn === '' ? 'This person has no UPN.' : 'This is not a UPN.';
		const mend = 'Nothing of this person is kept: no roster row could ever confirm whose it is.';
		person.findings.push({ ...at, problem, mend, effect: 'tell' });
		person.upn = '';
		return person;
	}
	const earlier = ask.upns.before(person.upn, node.row);
	if (earlier !== null) {
		const problem = `The person at row ${earlier} has the same UPN.`;
		person.findings.push({ ...at, problem, mend: 'Correct one of the two.', effect: 'refuse' });
	}
	return person;
}

const isSound = (person: Sen2Person) => !person.findings.some((finding) => finding.effect !== 'tell');

const countsOf = (person: Sen2Person) => ({
	persons: 1,
	events: person.facts.length,
	suppressed: person.suppressed ? 1 : 0
});

function tally(builder: ReportBuilder, person: Sen2Person): void {
	const { rows } = builder.report;
	rows.read += 1;
	if (!isSound(person)) rows.refused += 1;
	// A sound person whom nothing can be kept of changes nothing.
	else if (person.upn === '') rows.unchanged += 1;
	else rows.accepted += 1;
	for (const { file, row, column, problem, mend } of person.findings)
		builder.tell({ file, row, column, problem, mend });
}

function tellOrphan(builder: ReportBuilder, orphan: { file: string; row: number; column: string }): void {
	builder.report.rows.read += 1;
	builder.report.rows.refused += 1;
	const problem = 'The number here belongs to no row of the other files, or stands twice.';
	builder.tell({ ...orphan, problem, mend: 'Export all nine files again, together.' });
}
