import type { Layout } from '../read/layout.ts';

/** The roster: one row per guardian (blueprint §5). The documents' field table is held to this list by a test. */
export const casesLayout = {
	kind: 'cases',
	columns: [
		{
			name: 'case_ref',
			required: true,
			holds: "The council's own reference for the case.",
			example: 'KC-1042',
			longest: 64
		},
		{
			name: 'upn',
			required: false,
			holds: 'Unique pupil number. Kept only as a keyed hash, to meet SEN2 returns.',
			example: 'A823432112003',
			longest: 20
		},
		{
			name: 'child_given_name',
			required: true,
			holds: "The child's given name.",
			example: 'Amira',
			longest: 100
		},
		{
			name: 'child_family_name',
			required: true,
			holds: "The child's family name.",
			example: 'Hassan',
			longest: 100
		},
		{ name: 'date_of_birth', required: true, holds: 'Year-month-day.', example: '2018-05-14', longest: 30 },
		{
			name: 'school_urn',
			required: false,
			holds: 'Six figures, from Get Information about Schools.',
			example: '103214',
			longest: 10
		},
		{
			name: 'guardian_ref',
			required: true,
			holds: "The council's own reference for the guardian: one person, one reference, in every case.",
			example: 'G-2210',
			longest: 64
		},
		{
			name: 'guardian_name',
			required: true,
			holds: 'As it goes on a letter.',
			example: 'Mrs Hodan Hassan',
			longest: 150
		},
		{
			name: 'guardian_role',
			required: false,
			holds: 'For example mother, father, foster carer, young person.',
			example: 'mother',
			longest: 60
		},
		{
			name: 'guardian_address',
			required: false,
			holds: 'For the letter only. Never sent to a phone.',
			example: '4 Mill Lane, Kestrel, KC1 2AB',
			longest: 400
		},
		{
			name: 'reading_language',
			required: false,
			holds: 'A language code such as en, ur or pl.',
			example: 'so',
			longest: 35
		},
		{
			name: 'interpreter_language',
			required: false,
			holds: 'A language code, when an interpreter is needed.',
			example: 'so',
			longest: 35
		},
		{
			name: 'officer_ref',
			required: false,
			holds: 'Who holds the case: a ref of the people file.',
			example: 'P-07',
			longest: 64
		}
	]
} as const satisfies Layout;
