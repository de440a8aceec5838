import { orderedJson } from '#contract/ordered-json.ts';
import type { EventDraft } from '../../cases/case-events.ts';
import { putSen2Person } from '../../cases/sen2-waiting.ts';
import type { RowDraft } from '../../cases/scope-writer.ts';
import type { Tx } from '../../db/transaction.ts';
import { addEvents, eventsOfScopes } from '../bulk/add-events.ts';
import { lockScopes, writeScopes } from '../bulk/write-scopes.ts';
import { write, type Target, type Written } from '../target.ts';
import { upnHmac } from '../upn-hmac.ts';
import type { Sen2Person } from './facts.ts';
import type { Sen2Node } from './node.ts';

export type PersonToWrite = { person: Sen2Person; node: Sen2Node; year: number };
type Keyed = PersonToWrite & { hmac: string; events: EventDraft[] };
type Joined = { scopeId: string; bornOn: string | null };

/** Keeps some persons of a return, in one transaction: waiting, or joined to the case whose roster row has the same UPN. */
export function writeSen2Persons(people: readonly PersonToWrite[], target: Target): Promise<Written> {
	const keyed = people.map((one) => ({
		...one,
		hmac: upnHmac(one.person.upn, target.secret),
		events: one.person.facts.map((fact) => eventOf(fact, one))
	}));
	return write(target, (tx) => writeIn(tx, keyed, target));
}

async function writeIn(tx: Tx, people: readonly Keyed[], target: Target): Promise<Written> {
	const written: Written = { unchanged: 0, made: {}, problems: [] };
	const cases = await rosterCases(tx, target.council, people);
	const apart = people.filter((one) => isApart(one, cases.get(one.hmac)));
	for (const { node } of apart) {
		const problem = 'The roster has another birth date for this UPN, so nothing of this person was kept.';
		const place = { file: node.file, row: node.row, column: `${node.path}/personbirthdate` };
		written.problems.push({ ...place, problem, mend: 'Correct the UPN or the date.' });
	}
	written.unchanged += apart.length;
	const together = people.filter((one) => !apart.includes(one));
	const same = await keepWaiting(
		tx,
		together.filter((one) => !one.person.suppressed),
		target.council
	);
	await suppress(
		tx,
		together.filter((one) => one.person.suppressed),
		{ target, written }
	);
	await join(
		tx,
		together.filter((one) => !one.person.suppressed),
		{ cases, same, written }
	);
	return written;
}

/** Roster cases by HMAC(UPN). Two cases with one UPN are a fault in the roster: nothing is joined to either. */
async function rosterCases(tx: Tx, council: string, people: readonly Keyed[]): Promise<Map<string, Joined>> {
	const rows = await tx
		.selectFrom('case_file')
		.select(['upn_hmac', 'scope_id', 'born_on'])
		.where('council', '=', council)
		.where(
			'upn_hmac',
			'in',
			people.map((one) => one.hmac)
		)
		.where('on_roster', '=', true)
		.where('suppressed', '=', false)
		.execute();
	const found = new Map<string, Joined>();
	const twice = new Set<string>();
	for (const { upn_hmac, scope_id, born_on } of rows) {
		if (upn_hmac === null) continue;
		if (found.has(upn_hmac)) twice.add(upn_hmac);
		found.set(upn_hmac, { scopeId: scope_id, bornOn: born_on });
	}
	for (const hmac of twice) found.delete(hmac);
	return found;
}

const isApart = ({ person }: Keyed, file: Joined | undefined) =>
	!!file?.bornOn && person.bornOn !== '' && file.bornOn !== person.bornOn;

/** Keeps the rows of `sen2_waiting`. Returns the keys of those that were there and say the same. */
async function keepWaiting(tx: Tx, people: readonly Keyed[], council: string): Promise<Set<string>> {
	const same = new Set<string>();
	if (people.length === 0) return same;
	const kept = await tx
		.selectFrom('sen2_waiting')
		.select(['upn_hmac', 'year', 'events'])
		.where('council', '=', council)
		.where(
			'upn_hmac',
			'in',
			people.map((one) => one.hmac)
		)
		.execute();
	const byKey = new Map(kept.map((row) => [`${row.upn_hmac} ${row.year}`, orderedJson(row.events)]));
	const rows = people.flatMap(({ hmac, year, person, events, node }) => {
		const json = orderedJson(events);
		if (byKey.get(`${hmac} ${year}`) === json) {
			same.add(hmac);
			return [];
		}
		return [
			{
				council,
				upn_hmac: hmac,
				year,
				born_on: person.bornOn || null,
				suppressed: false,
				events: json,
				sha256: node.sha256
			}
		];
	});
	if (rows.length === 0) return same;
	await tx
		.insertInto('sen2_waiting')
		.values(rows)
		.onConflict((at) =>
			at.columns(['council', 'upn_hmac', 'year']).doUpdateSet((row) => ({
				born_on: row.ref('excluded.born_on'),
				suppressed: row.ref('excluded.suppressed'),
				events: row.ref('excluded.events'),
				sha256: row.ref('excluded.sha256')
			}))
		)
		.execute();
	return same;
}

/** A child who has died: one by one, as everything of the case is taken from every phone. */
async function suppress(
	tx: Tx,
	people: readonly Keyed[],
	{ target, written }: { target: Target; written: Written }
): Promise<void> {
	for (const { hmac, year, person, node } of people) {
		const born = person.bornOn ? { bornOn: person.bornOn } : {};
		const row = {
			council: target.council,
			upnHmac: hmac,
			year,
			...born,
			events: [],
			sha256: node.sha256,
			suppressed: true
		};
		const { outcome } = await putSen2Person(tx, row);
		if (outcome === 'unchanged') written.unchanged += 1;
		else for (const type of ['persons', 'suppressed']) written.made[type] = (written.made[type] ?? 0) + 1;
	}
}

type Joining = { cases: Map<string, Joined>; same: Set<string>; written: Written };

async function join(tx: Tx, people: readonly Keyed[], { cases, same, written }: Joining): Promise<void> {
	const scopes = people.flatMap((one) => cases.get(one.hmac)?.scopeId ?? []);
	await lockScopes(tx, scopes);
	const kept = await eventsOfScopes(tx, scopes);
	const drafts = new Map<string, RowDraft[]>();
	const add = (type: string, n: number) => (written.made[type] = (written.made[type] ?? 0) + n);
	for (const one of people) {
		const scopeId = cases.get(one.hmac)?.scopeId;
		const added = scopeId === undefined ? null : addEvents(scopeId, kept.get(scopeId) ?? [], one.events);
		if (scopeId !== undefined && added) drafts.set(scopeId, added.rows);
		written.problems.push(...(added?.conflicting ?? []).flatMap((i) => otherDate(one, i)));
		if (same.has(one.hmac) && !added?.fresh.length) {
			written.unchanged += 1;
			continue;
		}
		add('persons', 1);
		add('events', added ? added.fresh.length : one.events.length);
		if (added) add('joined', 1);
	}
	await writeScopes(tx, drafts);
}

function otherDate({ person, node }: Keyed, i: number): Written['problems'] {
	const fact = person.facts[i];
	if (!fact) return [];
	const problem = `${fact.type} has another date for this case already; both are kept and shown side by side.`;
	return [
		{
			file: node.file,
			row: node.row,
			column: fact.ref,
			problem,
			mend: 'If one is wrong, correct it where it was said.'
		}
	];
}

/**
 * `path` and `year` say where in the return a fact stands. They are no `ref`: the same place means another fact in each
 * year's return, and one fact stands in several. The person's own number in the file stays out: it changes with every export.
 */
function eventOf(fact: Sen2Person['facts'][number], { node, year }: PersonToWrite): EventDraft {
	const { file, sha256, row } = node;
	const path = fact.ref.slice(fact.ref.indexOf('/') + 1);
	const source = { said: 'sen2' as const, file, sha256, row, path, year };
	return { type: fact.type, on: fact.on, detail: fact.detail, source, ...(fact.note && { note: fact.note }) };
}
