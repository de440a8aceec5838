import { daysBetween, type CivilDate } from '#domain/time/civil-date.ts';
import type { Child } from './children.ts';
import type { Known } from './rows.ts';

export type Person = Known<'person'>;
export type Line = Known<'line'>;

export type Holders = {
	/** Who decides about the child now, as the council said. */
	officer?: Person;
	/** Who held the case before the present officer, and until when. */
	before?: Person;
	/** Other council people that hold the case now, such as a team. */
	team: Person[];
	/** People the family added itself. */
	own: Person[];
};

const current = (person: Person, today: CivilDate) =>
	(!person.v.until || person.v.until >= today) && (!person.v.from || person.v.from <= today);
const newestFirst = (a: Person, b: Person) => ((a.v.from ?? '') < (b.v.from ?? '') ? 1 : -1);

export function holdersOf(child: Child, today: CivilDate): Holders {
	const council = child.people.filter((person) => !person.local);
	const officers = council.filter((person) => person.v.role === 'case-officer').sort(newestFirst);
	const officer = officers.find((person) => current(person, today));
	const before = officers.find(
		(person) => person !== officer && (person.v.from ?? '') <= (officer?.v.from ?? '9999')
	);
	return {
		...(officer && { officer }),
		...(before && { before }),
		team: council.filter((person) => person.v.role !== 'case-officer' && current(person, today)),
		own: child.people.filter((person) => person.local)
	};
}

/** Who decides now: the council's word, or else the name that the family put in itself. */
export const officerOf = ({ officer, own }: Holders): Person | undefined =>
	officer ?? own.find((person) => person.v.role === 'case-officer');

/** Six weeks: as long a change of officer is worth a notice above everything else on the screen. */
const NOTICE_DAYS = 42;

/** The officer changed lately and the family has not said "I have read this" since. */
export function officerChanged(holders: Holders, today: CivilDate, read: ReadonlySet<string>): boolean {
	const { officer, before } = holders;
	if (!officer?.v.from || !before || read.has(officer.id)) return false;
	return daysBetween(officer.v.from, today) <= NOTICE_DAYS;
}

/** Lines that count today, for this child's council. Independent helpers first where help is asked for. */
export function linesFor(lines: readonly Line[], council: string | undefined, today: CivilDate): Line[] {
	return lines.filter(
		(line) =>
			(!council || line.scope.startsWith(`ref:${council}:`)) &&
			(!line.v.from || line.v.from <= today) &&
			(!line.v.until || line.v.until >= today)
	);
}

/** Who helps, the one that most families need first: free and independent advice, and a number before an address. */
const HELP_ORDER = ['helper', 'advice', 'mediation', 'forum'];

export const helpers = (lines: readonly Line[]): Line[] =>
	lines
		.filter((line) => HELP_ORDER.includes(line.v.role))
		.sort(
			(a, b) =>
				Number(!a.v.phone) - Number(!b.v.phone) ||
				Number(b.v.independent ?? false) - Number(a.v.independent ?? false) ||
				HELP_ORDER.indexOf(a.v.role) - HELP_ORDER.indexOf(b.v.role)
		);

/** The number to ring when there is no officer or the officer does not answer. */
export function fallbackFor(
	holders: Holders,
	lines: readonly Line[]
): { name: string; phone: string } | undefined {
	const { officer } = holders;
	if (officer?.v.fallbackPhone) return { name: officer.v.fallbackName ?? '', phone: officer.v.fallbackPhone };
	const team = holders.team.find((person) => person.v.phone);
	if (team?.v.phone) return { name: team.v.name, phone: team.v.phone };
	const duty = lines.find((line) => line.v.role === 'duty' && line.v.phone);
	return duty?.v.phone ? { name: duty.v.name, phone: duty.v.phone } : undefined;
}
