import { formatDay, sayDay } from '#i18n/format.ts';
import { currentLanguage, t, wordsFor } from '#i18n/words.svelte.ts';
import type { Child } from '../open-case/children.ts';
import { recordsIn, type LogRecord, type RecordKind } from '../open-case/records.ts';
import type { Known } from '../open-case/rows.ts';
import { nameOf, saidBy, saidOf } from '../open-case/words.ts';
import type { ReadableChild, ReadableCopy, ReadablePerson, ReadableRecord } from './readable-copy.ts';

const FROM = { council: 'shell:from.council', family: 'shell:from.family', sen2: 'shell:from.sen2' } as const;
const there = (...lines: (string | undefined)[]) =>
	lines.filter((line) => line !== undefined && line !== '') as string[];

function personOf({ v, local }: Known<'person'>, today: string): ReadablePerson {
	const role = v.role === 'case-officer' ? t('settings:copy.officer') : undefined;
	const from = t(local ? 'shell:from.family' : 'shell:from.council');
	const since = v.from && t('settings:copy.since', { day: sayDay(v.from, today) });
	const until = v.until && t('settings:copy.until', { day: sayDay(v.until, today) });
	return { name: v.name, lines: there(role, v.team, v.phone, v.email, v.hours, since, until, from) };
}

/** The same words as on the log's own screen (features/log). */
const KIND = {
	note: 'log:kinds.note',
	call: 'log:kinds.call',
	visit: 'log:kinds.visit',
	promised: 'log:kinds.promised',
	'out-of-school': 'log:kinds.outOfSchool',
	'part-time': 'log:kinds.partTime'
} as const satisfies Record<RecordKind, string>;

function recordOf({ v }: LogRecord): ReadableRecord {
	const on = formatDay(v.on, 'full');
	const day = v.until ? t('log:until', { from: on, to: formatDay(v.until, 'full') }) : on;
	return { day, what: there(t(KIND[v.kind]), v.who, v.phone, v.hours).join(', '), text: v.text.trim() };
}

type Kept = { today: string; records: readonly LogRecord[] };
function childOf(child: Child, { today, records }: Kept): ReadableChild {
	const events = [...child.councilEvents, ...child.familyEvents].sort((a, b) => (a.on < b.on ? -1 : 1));
	return {
		name: nameOf(child),
		lines: there(
			child.bornOn && t('settings:copy.born', { day: sayDay(child.bornOn, today) }),
			child.schoolName && t('settings:copy.school', { school: child.schoolName }),
			child.councilName && t('settings:copy.council', { council: child.councilName }),
			child.ref && t('settings:copy.ref', { ref: child.ref }),
			child.undated && t('settings:copy.undated', { what: wordsFor('events', `${child.undated}.said`) })
		),
		facts: events.map((event) => ({
			day: sayDay(event.on, today),
			what: saidOf(event),
			from: t(FROM[saidBy(event)]),
			...(event.note ? { note: event.note } : {})
		})),
		people: child.people.map((person) => personOf(person, today)),
		records: recordsIn(records, child).reverse().map(recordOf)
	};
}

/** Everything on the phone about each child, in the words of the page's language. Needs the words of facts. */
export function copyContents(
	children: readonly Child[],
	today: string,
	records: readonly LogRecord[] = []
): ReadableCopy {
	const { code, dir } = currentLanguage();
	return {
		lang: code,
		dir,
		title: t('settings:copy.title'),
		about: [t('settings:copy.about', { day: sayDay(today, today) }), t('settings:copy.mind')],
		headings: {
			facts: t('settings:copy.facts'),
			people: t('settings:copy.people'),
			records: t('settings:copy.records'),
			day: t('settings:copy.day'),
			what: t('settings:copy.what'),
			from: t('settings:copy.from')
		},
		none: t('settings:copy.none'),
		children: children.map((child) => childOf(child, { today, records }))
	};
}
