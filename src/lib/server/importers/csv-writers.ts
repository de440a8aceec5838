import { caseEventsKind } from './case-events/kind.ts';
import type { EventRow } from './case-events/judge-row.ts';
import { writeCaseEvents } from './case-events/write-batch.ts';
import { readHolders } from './cases/holders.ts';
import type { RosterRow } from './cases/judge-row.ts';
import { casesKind } from './cases/kind.ts';
import { writeRoster } from './cases/write-batch.ts';
import { isRefused, type Group } from './collect.ts';
import { csvJob, type CsvWriter } from './csv-job.ts';
import type { Asked, Job } from './job.ts';
import type { Kind } from './kinds.ts';
import type { PeopleRow } from './people/judge-row.ts';
import { peopleKind } from './people/kind.ts';
import { readTeams } from './people/teams.ts';
import { writePeople } from './people/write-people.ts';
import type { Inspected } from './read/inspect.ts';

const count = <T>(group: Group<T>) => group.rows.filter((row) => !isRefused(row)).length;

const casesWriter: CsvWriter<RosterRow> = {
	begin: async (target) => {
		const holders = await target.transact((tx) => readHolders(tx, target.council), { readOnly: true });
		return (batch) => writeRoster(batch, { ...target, holders });
	},
	would: (group) => ({ cases: 1, guardians: count(group) }),
	// Scope, case file, guardian, holder, row of the phone.
	recordsPerRow: 5
};

const eventsWriter: CsvWriter<EventRow> = {
	begin: async (target) => (batch) => writeCaseEvents(batch, target),
	would: (group) => ({ cases: 1, casesWithoutName: 1, events: count(group) }),
	recordsPerRow: 1
};

const peopleWriter: CsvWriter<PeopleRow> = {
	begin: async (target, groups) => {
		const teams = await target.transact((tx) => readTeams(tx, target.council, groups), { readOnly: true });
		// Teams first, so that an interrupted import never leaves an officer pointing at nobody.
		groups.sort((a, b) => Number(isTeam(b)) - Number(isTeam(a)));
		return (batch) => writePeople(batch, target, teams);
	},
	would: (group) => {
		const kind = group.rows.find((row) => row.value !== null)?.value?.kind;
		return { [kind === 'officer' ? 'officers' : kind === 'team' ? 'teams' : 'lines']: 1 };
	},
	// Each person has transactions of their own.
	recordsPerRow: 1
};

const isTeam = (group: Group<PeopleRow>) => group.rows.some((row) => row.value?.kind === 'team');

export function csvJobFor(kind: Exclude<Kind, 'sen2'>, files: readonly Inspected[], asked: Asked): Job {
	if (kind === 'cases') return csvJob({ files, kind: casesKind, writer: casesWriter }, asked);
	if (kind === 'people') return csvJob({ files, kind: peopleKind, writer: peopleWriter }, asked);
	return csvJob({ files, kind: caseEventsKind, writer: eventsWriter }, asked);
}
