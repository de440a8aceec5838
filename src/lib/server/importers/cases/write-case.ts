import { assignOfficer, holderOn } from '../../cases/officers.ts';
import { upsertRosterCase, type RosterGuardian } from '../../cases/roster.ts';
import type { Tx } from '../../db/transaction.ts';
import type { Group, JudgedRow } from '../collect.ts';
import { nameConflicts } from '../name-conflicts.ts';
import type { Problem } from '../report.ts';
import { write, type Target, type Written } from '../target.ts';
import { upnHmac } from '../upn-hmac.ts';
import { otherBirthDate } from '../sen2/birth-date.ts';
import type { Holders } from './holders.ts';
import type { RosterRow } from './judge-row.ts';

type Sound = JudgedRow<RosterRow> & { value: RosterRow };

/** Writes one case of the roster, in one transaction. */
export function writeRosterCase(group: Group<RosterRow>, target: Target, holders: Holders): Promise<Written> {
	const rows = group.rows.filter((row): row is Sound => row.value !== null);
	return write(target, (tx) => writeIn(tx, rows, { ...target, holders }));
}

async function writeIn(tx: Tx, rows: Sound[], target: Target & { holders: Holders }): Promise<Written> {
	const first = rows[0];
	if (!first) return { unchanged: 0, made: {}, problems: [] };
	const child = first.value;
	const problems: Problem[] = [];
	const tell = (column: string, problem: string, mend: string) =>
		problems.push({ file: first.file, row: first.row, column, problem, mend });
	let hmac = child.upn === '' ? undefined : upnHmac(child.upn, target.secret);
	if (hmac && (await otherBirthDate(tx, { council: target.council, upnHmac: hmac, bornOn: child.bornOn }))) {
		tell('upn', 'A yearly return has another birth date for this UPN, so the two stay apart.', 'Check both.');
		hmac = undefined;
	}
	const result = await upsertRosterCase(tx, {
		council: target.council,
		caseRef: child.caseRef,
		...(hmac && { upnHmac: hmac }),
		child: {
			givenName: child.givenName,
			familyName: child.familyName,
			bornOn: child.bornOn,
			...(child.schoolUrn && { schoolUrn: child.schoolUrn })
		},
		guardians: rows.map((row) => guardianOf(row.value))
	});
	if (result.sen2Joined > 0) await nameConflicts(tx, result.scopeId);
	for (const ref of result.guardiansMissing) {
		tell(
			'guardian_ref',
			`Guardian ${ref} was in an earlier file and is not in this one.`,
			'They get no new letter. Add the row if that is wrong.'
		);
	}
	const officerChanged = child.officerRef !== '' && (await assign(tx, result.scopeId, { child, target }));
	const holder = child.officerRef || (await holderOn(tx, result.scopeId, target.today))?.officerRef || '';
	const lack = target.holders.lackOf(holder);
	if (lack) tell('officer_ref', lack.problem, lack.mend);
	const same = result.outcome === 'unchanged' && !officerChanged;
	const made: Record<string, number> =
		result.outcome === 'created' ? { cases: 1, guardians: rows.length } : {};
	return { unchanged: same ? rows.length : 0, made: { ...made, events: result.sen2Joined }, problems };
}

/** The file gives no day on which an officer took the case: it is the day the council first said so. */
async function assign(
	tx: Tx,
	scopeId: string,
	{ child, target }: { child: RosterRow; target: Target }
): Promise<boolean> {
	return (await assignOfficer(tx, scopeId, { officerRef: child.officerRef, from: target.today })).changed;
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
