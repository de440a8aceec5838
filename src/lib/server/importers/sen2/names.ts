/**
 * The parts of a SEN2 return that a timeline needs, by their names in small letters without marks. Everything else is left
 * at the door: names, postcode, sex, ethnicity, ULN, needs (data-standards §2). Readers and versions disagree about capitals.
 */
export const MODULES = {
	person: { parent: null, fields: ['upn', 'personbirthdate'] },
	requests: {
		parent: 'person',
		fields: ['receiveddate', 'requestoutcomedate', 'requestoutcome', 'requestmediation', 'requesttribunal']
	},
	assessment: {
		parent: 'requests',
		fields: [
			'assessmentoutcome',
			'assessmentoutcomedate',
			'assessmentmediation',
			'assessmenttribunal',
			'othermediation',
			'othertribunal',
			'week20'
		]
	},
	namedplan: { parent: 'assessment', fields: ['startdate', 'ceasedate', 'ceasereason'] },
	activeplans: {
		parent: 'requests',
		fields: [
			'reviewmeeting',
			'reviewoutcome',
			'reviewdraft',
			'phasetransferduedate',
			'phasetransferfinaldate',
			'lastreview'
		]
	},
	placementdetail: { parent: 'activeplans', fields: ['urn', 'entrydate', 'leavingdate'] }
} as const satisfies Record<string, { parent: string | null; fields: readonly string[] }>;

export type Module = keyof typeof MODULES;
export const isModule = (name: string): name is Module => Object.hasOwn(MODULES, name);

/** Names met in readers, workbooks and older returns, for the names above. */
const ALIASES: Record<string, string> = {
	persons: 'persons',
	request: 'requests',
	assessments: 'assessment',
	activeplan: 'activeplans',
	namedplans: 'namedplan',
	placementdetails: 'placementdetail',
	birthdate: 'personbirthdate',
	dateofbirth: 'personbirthdate',
	dob: 'personbirthdate',
	uniquepupilnumber: 'upn',
	reviewmeetingdate: 'reviewmeeting',
	lastreviewdate: 'lastreview',
	reviewdraftdate: 'reviewdraft'
};

/** `ns:Requests`, `REQUESTS` and `Request` are `requests`. */
export function plainName(name: string): string {
	const local = name.slice(name.lastIndexOf(':') + 1);
	const small = local.toLowerCase().replace(/[^a-z0-9]/g, '');
	return ALIASES[small] ?? small;
}

const KEPT = new Map(Object.entries(MODULES).map(([name, part]) => [name, new Set<string>(part.fields)]));
export const isKept = (module: Module, field: string) => KEPT.get(module)?.has(field) ?? false;
