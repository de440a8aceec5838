import { orderedJson } from '#contract/ordered-json.ts';
import type { Tx } from '../db/transaction.ts';
import { addCaseEvents, type EventDraft } from './case-events.ts';
import { casesByUpn, suppressCase } from './case-files.ts';

export type Sen2Person = {
	council: string;
	upnHmac: string;
	/** The year of the return. */
	year: number;
	bornOn?: string;
	events: EventDraft[];
	sha256: string;
	/** Cease reason 8. */
	suppressed?: boolean;
};

/**
 * Keeps a SEN2 person until a roster row of the same council confirms the child by HMAC(UPN); joins at once when it has.
 * Two cases with one UPN are a fault in the roster: nothing is joined. Returns what happened.
 */
export async function putSen2Person(
	tx: Tx,
	person: Sen2Person
): Promise<{ outcome: 'waiting' | 'joined' | 'unchanged'; added: number }> {
	const row = {
		council: person.council,
		upn_hmac: person.upnHmac,
		year: person.year,
		born_on: person.bornOn ?? null,
		suppressed: person.suppressed ?? false,
		events: orderedJson(person.events),
		sha256: person.sha256
	};
	const kept = await tx
		.selectFrom('sen2_waiting')
		.select(['events', 'suppressed'])
		.where('council', '=', row.council)
		.where('upn_hmac', '=', row.upn_hmac)
		.where('year', '=', row.year)
		.executeTakeFirst();
	const same =
		kept !== undefined && orderedJson(kept.events) === row.events && kept.suppressed === row.suppressed;
	if (!same) {
		await tx
			.insertInto('sen2_waiting')
			.values(row)
			.onConflict((at) => at.columns(['council', 'upn_hmac', 'year']).doUpdateSet(row))
			.execute();
	}
	const cases = (await casesByUpn(tx, person.council, person.upnHmac)).filter((file) => file.onRoster);
	const only = cases.length === 1 ? cases[0] : undefined;
	if (!only) return { outcome: same ? 'unchanged' : 'waiting', added: 0 };
	const added = await linkWaiting(tx, {
		council: person.council,
		upnHmac: person.upnHmac,
		scopeId: only.scopeId
	});
	return { outcome: added > 0 || !same ? 'joined' : 'unchanged', added };
}

/** Adds what waited for a child to its case, oldest return first. Returns the number of events that were new there. */
export async function linkWaiting(
	tx: Tx,
	at: { council: string; upnHmac: string; scopeId: string }
): Promise<number> {
	const rows = await tx
		.selectFrom('sen2_waiting')
		.select(['events', 'suppressed'])
		.where('council', '=', at.council)
		.where('upn_hmac', '=', at.upnHmac)
		.orderBy('year')
		.execute();
	if (rows.some((row) => row.suppressed)) {
		await suppressCase(tx, at.scopeId);
		return 0;
	}
	let added = 0;
	for (const row of rows)
		added += (await addCaseEvents(tx, at.scopeId, { events: row.events as EventDraft[] })).added;
	return added;
}
