import { caseOfScope } from '#contract/scope.ts';
import type { CaseEvent } from '#domain/case/case-event.ts';
import type { CivilDate } from '#domain/time/civil-date.ts';
import type { Known, KnownRows } from './rows.ts';

/** One child as the family sees it: a council's case, a typed case, or both when they were linked. */
export type Child = {
	/** The case id that stands for the child on this phone: the council's where there is one. */
	key: string;
	councilCase?: string;
	localCase?: string;
	/** Nickname the family typed, else the given name from the council; absent when nobody stated one. */
	name?: string;
	bornOn?: CivilDate;
	/** GSS code. */
	council?: string;
	councilName?: string;
	/** The council's own case reference. */
	ref?: string;
	schoolName?: string;
	/** What a family said happened without knowing the day (first run, "Not sure"). */
	undated?: string;
	councilEvents: CaseEvent[];
	familyEvents: CaseEvent[];
	people: Known<'person'>[];
};

const eventOf = (row: Known<'event'>): CaseEvent => ({
	...(row.v as Omit<CaseEvent, 'id'>),
	id: row.id,
	source: row.v.source ?? { said: row.local ? 'family' : 'council' }
});

type CaseRow = Known<'case'>;

function childOf(rows: KnownRows, council: CaseRow | undefined, local: CaseRow | undefined): Child {
	const shared = council && caseOfScope(council.scope);
	const typed = local && caseOfScope(local.scope);
	const ids = [shared, typed];
	const inCase = (row: { scope: string }) => ids.includes(caseOfScope(row.scope));
	const events = rows.event.filter(inCase);
	const facts = council?.v ?? local?.v;
	const name = local?.v.child.givenName ?? council?.v.child.givenName;
	const undated = local?.v['undated'];
	return {
		key: shared ?? typed ?? '',
		...(shared && { councilCase: shared }),
		...(typed && { localCase: typed }),
		...(name && { name }),
		...(facts?.child.bornOn && { bornOn: facts.child.bornOn }),
		...(facts?.council && { council: facts.council }),
		...(facts?.councilName && { councilName: facts.councilName }),
		...(facts?.ref && { ref: facts.ref }),
		...(facts?.child.schoolName && { schoolName: facts.child.schoolName }),
		...(typeof undated === 'string' && { undated }),
		councilEvents: events.filter((event) => !event.local).map(eventOf),
		familyEvents: events.filter((event) => event.local).map(eventOf),
		people: rows.person.filter(inCase)
	};
}

/**
 * All children on this phone, council cases first, then by name. A link whose other side is missing (a revoked case) leaves
 * the remaining side as it was: unlinking restores both because nothing was ever copied.
 */
export function childrenOf(rows: KnownRows): Child[] {
	const council = rows.case.filter((row) => !row.local);
	const local = rows.case.filter((row) => row.local);
	const linkedTo = (row: CaseRow) => {
		const link = rows['case.link'].find((one) => one.v.councilCase === caseOfScope(row.scope));
		return link && local.find((one) => caseOfScope(one.scope) === link.v.localCase);
	};
	const joined = council.map((row) => ({ row, twin: linkedTo(row) }));
	const taken = new Set(joined.map(({ twin }) => twin));
	const children = [
		...joined.map(({ row, twin }) => childOf(rows, row, twin)),
		...local.filter((row) => !taken.has(row)).map((row) => childOf(rows, undefined, row))
	];
	return children.sort(
		(a, b) =>
			Number(!a.councilCase) - Number(!b.councilCase) ||
			(a.name ?? '').localeCompare(b.name ?? '') ||
			(a.key < b.key ? -1 : 1)
	);
}
