import type { Tx } from '../../db/transaction.ts';
import type { Group } from '../collect.ts';
import type { PeopleRow } from './judge-row.ts';
import type { Teams } from './write-people.ts';

/** The teams of a council: what the file says now goes before what an earlier file said. */
export async function readTeams(
	tx: Tx | null,
	council: string,
	groups: readonly Group<PeopleRow>[]
): Promise<Teams> {
	const teams: Teams = new Map();
	const kept = tx
		? await tx.selectFrom('officer').select(['officer_ref', 'v']).where('council', '=', council).execute()
		: [];
	for (const { officer_ref, v } of kept) {
		if (v.role === 'team')
			teams.set(officer_ref, { name: String(v.name), ...(v.phone ? { phone: String(v.phone) } : {}) });
	}
	for (const { rows } of groups) {
		for (const { value } of rows) {
			if (value?.kind === 'team')
				teams.set(value.ref, { name: value.name, ...(value.phone && { phone: value.phone }) });
		}
	}
	return teams;
}
