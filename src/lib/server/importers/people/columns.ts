import type { Layout } from '../read/layout.ts';

/** Everyone a family may ring: officers, teams, and lines anyone may call. */
export const peopleLayout = {
	kind: 'people',
	columns: [
		{
			name: 'kind',
			required: true,
			holds: 'officer, team, duty, advice, complaints, mediation, forum or helper.',
			example: 'officer',
			longest: 20
		},
		{
			name: 'ref',
			required: true,
			holds: 'Your own reference. The cases file names it as officer_ref.',
			example: 'P-07',
			longest: 64
		},
		{
			name: 'name',
			required: true,
			holds: 'As a family should say it.',
			example: 'Priya Nair',
			longest: 150
		},
		{
			name: 'team_ref',
			required: false,
			holds: 'For an officer: the ref of their team.',
			example: 'T-EAST',
			longest: 64
		},
		{
			name: 'phone',
			required: false,
			holds: 'A number that can be rung. Teams and lines need one, or an email.',
			example: '0300 555 0142',
			longest: 40
		},
		{
			name: 'email',
			required: false,
			holds: 'One address.',
			example: 'east.send@kestrel.example',
			longest: 254
		},
		{
			name: 'hours',
			required: false,
			holds: 'In words.',
			example: 'Monday to Thursday, 9am to 4pm',
			longest: 200
		},
		{
			name: 'areas',
			required: false,
			holds: 'Which parts of the council, with ; between them.',
			example: 'Northgate;Mill End',
			longest: 400
		},
		{
			name: 'from',
			required: false,
			holds: 'First day, year-month-day.',
			example: '2026-09-01',
			longest: 40
		},
		{
			name: 'until',
			required: false,
			holds: 'Last day, year-month-day.',
			example: '2027-03-31',
			longest: 40
		},
		{
			name: 'fallback_name',
			required: false,
			holds: "Who to ring when the officer is away. Without it, the officer's team.",
			example: 'East duty desk',
			longest: 150
		},
		{
			name: 'fallback_phone',
			required: false,
			holds: "That number. Without it, the team's.",
			example: '0300 555 0100',
			longest: 40
		},
		{
			name: 'about',
			required: false,
			holds: 'For a line: what it helps with, in a sentence.',
			example: 'Advice that is free and private.',
			longest: 400
		},
		{
			name: 'independent',
			required: false,
			holds: 'yes when the line does not belong to the team that decides.',
			example: 'yes',
			longest: 10
		}
	]
} as const satisfies Layout;
