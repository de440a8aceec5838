import type { CivilDate } from '../time/civil-date.ts';

/** What one council has promised in public beyond the law, with where it was read and when. */
export type CouncilRecord = {
	/** GSS code, or any name a caller uses. */
	code: string;
	promises: readonly { rule: string; source: string; on?: CivilDate }[];
};

const COMPLAINTS_PAGE =
	'birmingham.gov.uk complaints page, capture of about 2020; scorecard "within SLA (15WDs)" to May 2023';

/** The worked example's promises. They may be older than the Ombudsman's code; the source and day are shown with them. */
export const DEMO_COUNCIL: CouncilRecord = {
	code: 'demo',
	promises: [
		{ rule: 'CO-BCC-15WD', source: COMPLAINTS_PAGE, on: '2023-05-31' },
		{ rule: 'CO-BCC-REVIEW-20WD', source: COMPLAINTS_PAGE }
	]
};

export const COUNCILS: readonly CouncilRecord[] = ['demo', 'X99000001', 'E08000025', 'birmingham'].map(
	(code) => ({
		...DEMO_COUNCIL,
		code
	})
);

export function councilByCode(code: string): CouncilRecord | undefined {
	return COUNCILS.find((council) => council.code.toLowerCase() === code.trim().toLowerCase());
}
