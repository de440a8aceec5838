import { casesByUpn } from '../../cases/case-files.ts';
import type { EventDraft } from '../../cases/case-events.ts';
import { putSen2Person } from '../../cases/sen2-waiting.ts';
import { nameConflicts } from '../name-conflicts.ts';
import { write, type Target, type Written } from '../target.ts';
import { upnHmac } from '../upn-hmac.ts';
import type { Sen2Person } from './facts.ts';
import type { Sen2Node } from './node.ts';

export type PersonToWrite = { person: Sen2Person; node: Sen2Node; year: number };

/** Keeps one person of a return, in one transaction: waiting, or joined to the case whose roster row has the same UPN. */
export async function writeSen2Person(
	{ person, node, year }: PersonToWrite,
	target: Target
): Promise<Written> {
	const hmac = upnHmac(person.upn, target.secret);
	const events = person.facts.map((fact) => eventOf(fact, { node, year }));
	return write(target, async (tx): Promise<Written> => {
		const cases = (await casesByUpn(tx, target.council, hmac)).filter((file) => file.onRoster);
		const [only] = cases;
		if (only?.bornOn && person.bornOn && only.bornOn !== person.bornOn) {
			const problem = 'The roster has another birth date for this UPN, so nothing of this person was kept.';
			const place = { file: node.file, row: node.row, column: `${node.path}/personbirthdate` };
			return {
				unchanged: 0,
				made: {},
				problems: [{ ...place, problem, mend: 'Correct the UPN or the date.' }]
			};
		}
		const { outcome, added } = await putSen2Person(tx, {
			council: target.council,
			upnHmac: hmac,
			year,
			...(person.bornOn && { bornOn: person.bornOn }),
			events,
			sha256: node.sha256,
			suppressed: person.suppressed
		});
		if (outcome === 'unchanged') return { unchanged: 1, made: {}, problems: [] };
		if (outcome === 'joined' && only && cases.length === 1 && !person.suppressed)
			await nameConflicts(tx, only.scopeId);
		const made: Record<string, number> = { persons: 1, events: outcome === 'joined' ? added : events.length };
		if (person.suppressed) made.suppressed = 1;
		else if (outcome === 'joined') made.joined = 1;
		return { unchanged: 0, made, problems: [] };
	});
}

/**
 * `path` and `year` say where in the return a fact stands. They are no `ref`: the same place means another fact in each
 * year's return, and one fact stands in several.
 */
function eventOf(fact: Sen2Person['facts'][number], at: { node: Sen2Node; year: number }): EventDraft {
	const { file, sha256, row } = at.node;
	// The person's own number in the file stays out: it would change with every export.
	const path = fact.ref.slice(fact.ref.indexOf('/') + 1);
	const source = { said: 'sen2' as const, file, sha256, row, path, year: at.year };
	return { type: fact.type, on: fact.on, detail: fact.detail, source, ...(fact.note && { note: fact.note }) };
}
