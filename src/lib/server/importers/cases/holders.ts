import type { Tx } from '../../db/transaction.ts';

type Lack = { problem: string; mend: string };
/** Who can hold a case. `lackOf` says what is missing from a holder, or null when a family could reach somebody. */
export type Holders = {
	lackOf: (officerRef: string) => Lack | null;
	officer: (officerRef: string) => Record<string, unknown> | undefined;
};

const IN_PEOPLE = 'Add them to the people file and import it: import -- people FILE.';

const NOBODY: Lack = {
	problem: 'This case has no named holder.',
	mend: 'Fill in officer_ref, so that the family knows whom to ring.'
};

/** Reads the council's officers once: the people file has tens of rows, the roster thousands. */
export async function readHolders(tx: Tx, council: string): Promise<Holders> {
	const rows = await tx
		.selectFrom('officer')
		.select(['officer_ref', 'v'])
		.where('council', '=', council)
		.execute();
	return holdersOf(new Map(rows.map((row) => [row.officer_ref, row.v])));
}

export function holdersOf(officers: Map<string, Record<string, unknown>>): Holders {
	return {
		officer: (ref) => officers.get(ref),
		lackOf: (ref) => {
			if (ref === '') return NOBODY;
			const officer = officers.get(ref);
			if (!officer)
				return { problem: `Nobody is known as ${ref}, so the case has no named holder.`, mend: IN_PEOPLE };
			if (officer.fallbackPhone || (officer.role === 'team' && officer.phone)) return null;
			return {
				problem: `${ref} has no fallback number, so nobody can be rung when they are away.`,
				mend: 'Give them a fallback_phone, or a team with a phone, in the people file.'
			};
		}
	};
}
