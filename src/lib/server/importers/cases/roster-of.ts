import type { Child } from '../../cases/case-files.ts';
import type { RosterGuardian } from '../../cases/roster.ts';
import type { JudgedRow } from '../collect.ts';
import type { Problem } from '../report.ts';
import { upnHmac } from '../upn-hmac.ts';
import type { RosterRow } from './judge-row.ts';

/** The sound rows of one case, as the repositories take them. */
export type RosterCaseRows = {
	caseRef: string;
	rows: number;
	upnHmac?: string;
	child: Child;
	guardians: RosterGuardian[];
	officerRef: string;
	/** Who holds the case already, when the file names nobody. */
	heldBy?: string;
	scopeId: string;
	problems: Problem[];
	tell: (column: string, problem: string, mend: string) => void;
	/** What is kept to know an unchanged case again; in the shape `cases/roster` compares. */
	roster: () => { upnHmac: string | undefined; child: Child; guardians: RosterGuardian[] };
};

export function rosterOf(
	rows: readonly (JudgedRow<RosterRow> & { value: RosterRow })[],
	secret: string
): RosterCaseRows {
	const [first] = rows;
	if (!first) throw new Error('A case without a sound row reached the writer.');
	const { value, file, row } = first;
	const problems: Problem[] = [];
	const one: RosterCaseRows = {
		caseRef: value.caseRef,
		rows: rows.length,
		...(value.upn && { upnHmac: upnHmac(value.upn, secret) }),
		child: {
			givenName: value.givenName,
			familyName: value.familyName,
			bornOn: value.bornOn,
			...(value.schoolUrn && { schoolUrn: value.schoolUrn })
		},
		guardians: rows.map((each) => guardianOf(each.value)),
		officerRef: value.officerRef,
		scopeId: '',
		problems,
		tell: (column, problem, mend) => problems.push({ file, row, column, problem, mend }),
		roster: () => ({ upnHmac: one.upnHmac, child: one.child, guardians: one.guardians })
	};
	return one;
}

function guardianOf(row: RosterRow): RosterGuardian {
	return {
		ref: row.guardianRef,
		name: row.guardianName,
		...(row.guardianRole && { role: row.guardianRole }),
		...(row.guardianAddress && { address: row.guardianAddress }),
		...(row.readingLanguage && { readingLanguage: row.readingLanguage }),
		...(row.interpreterLanguage && { interpreterLanguage: row.interpreterLanguage })
	};
}
