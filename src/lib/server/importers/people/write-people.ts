import { setLines } from '../../cases/councils.ts';
import { publishOfficers, putOfficer, scopesOfOfficer, type Officer } from '../../cases/officers.ts';
import type { Group, JudgedRow } from '../collect.ts';
import { write, type Target, type Written } from '../target.ts';
import type { LineKind, PeopleRow } from './judge-row.ts';

type Sound = JudgedRow<PeopleRow> & { value: PeopleRow };
/** Teams by their ref: those of the file, and those an earlier file brought. */
export type Teams = Map<string, { name: string; phone?: string }>;

export async function writePeople(batch: Group<PeopleRow>[], target: Target, teams: Teams): Promise<Written> {
	const all: Written = { unchanged: 0, made: {}, problems: [] };
	for (const group of batch) {
		const one = await writePerson(group, target, teams);
		all.unchanged += one.unchanged;
		for (const [type, n] of Object.entries(one.made)) all.made[type] = (all.made[type] ?? 0) + n;
		all.problems.push(...one.problems);
	}
	return all;
}

/** Writes one person, team or line; then every case that an officer holds, each in its own transaction. */
async function writePerson(group: Group<PeopleRow>, target: Target, teams: Teams): Promise<Written> {
	const row = group.rows.find((one): one is Sound => one.value !== null);
	if (!row) return { unchanged: 0, made: {}, problems: [] };
	const { kind } = row.value;
	if (kind !== 'officer' && kind !== 'team') return writeLine({ ...row.value, kind }, target);
	const v = officerOf(row.value, teams);
	const { changed, isNew } = await write(target, async (tx) => {
		const before = await tx
			.selectFrom('officer')
			.select('officer_ref')
			.where('council', '=', target.council)
			.where('officer_ref', '=', row.value.ref)
			.executeTakeFirst();
		const changed = await putOfficer(tx, target.council, { ref: row.value.ref, v });
		return { changed, isNew: before === undefined };
	});
	if (changed && !target.dryRun) await refreshCases(target, row.value.ref);
	const made = isNew ? { [kind === 'team' ? 'teams' : 'officers']: 1 } : {};
	return { unchanged: changed ? 0 : 1, made, problems: lackOf(row, { v, teams }) };
}

async function refreshCases(target: Target, ref: string): Promise<void> {
	const scopes = await target.transact((tx) => scopesOfOfficer(tx, target.council, ref));
	for (const scope of scopes) await target.transact((tx) => publishOfficers(tx, scope));
}

async function writeLine(row: PeopleRow & { kind: LineKind }, target: Target): Promise<Written> {
	const line = {
		role: row.kind,
		name: row.name,
		...(row.about && { about: row.about }),
		...reach(row),
		...(row.areas.length > 0 && { areas: row.areas }),
		...(row.independent && { independent: true }),
		...(row.from && { from: row.from }),
		...(row.until && { until: row.until })
	};
	const { changed } = await write(target, (tx) =>
		setLines(tx, target.council, { lines: [{ id: row.ref, v: line }] })
	);
	return { unchanged: changed > 0 ? 0 : 1, made: changed > 0 ? { lines: 1 } : {}, problems: [] };
}

const reach = (row: PeopleRow) => ({
	...(row.phone && { phone: row.phone }),
	...(row.email && { email: row.email }),
	...(row.hours && { hours: row.hours })
});

/** An officer's fallback is what their row says, or else their team. */
function officerOf(row: PeopleRow, teams: Teams): Officer {
	const team = row.kind === 'officer' ? teams.get(row.teamRef) : undefined;
	const fallbackPhone = row.fallbackPhone || team?.phone;
	const fallbackName = row.fallbackName || (fallbackPhone ? team?.name : undefined);
	return {
		role: row.kind === 'team' ? 'team' : 'case-officer',
		name: row.name,
		...(team && { team: team.name }),
		...reach(row),
		...(row.areas.length > 0 && { areas: row.areas }),
		...(fallbackName && { fallbackName }),
		...(fallbackPhone && { fallbackPhone }),
		...(row.from && { worksFrom: row.from }),
		...(row.until && { worksUntil: row.until })
	};
}

function lackOf(row: Sound, { v, teams }: { v: Officer; teams: Teams }) {
	const place = { file: row.file, row: row.row };
	if (row.value.teamRef && !teams.has(row.value.teamRef)) {
		const problem = `No team is known as ${row.value.teamRef}.`;
		return [{ ...place, column: 'team_ref', problem, mend: 'Add a row of kind team with this ref.' }];
	}
	if (row.value.kind === 'team' || v.fallbackPhone) return [];
	const mend = 'Fill in fallback_phone, or a team_ref whose team has a phone.';
	return [{ ...place, column: 'fallback_phone', problem: 'This officer has no fallback number.', mend }];
}
