import { sayDay } from '#i18n/format.ts';
import { currentLanguage, t, wordsFor } from '#i18n/words.svelte.ts';
import type { Child } from '../open-case/children.ts';
import type { Known } from '../open-case/rows.ts';
import { nameOf, saidBy, saidOf } from '../open-case/words.ts';
import type { ReadableChild, ReadableCopy, ReadablePerson } from './readable-copy.ts';

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

function childOf(child: Child, today: string): ReadableChild {
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
		people: child.people.map((person) => personOf(person, today))
	};
}

/** Everything on the phone about each child, in the words of the page's language. Needs the words of facts. */
export function copyContents(children: readonly Child[], today: string): ReadableCopy {
	const { code, dir } = currentLanguage();
	return {
		lang: code,
		dir,
		title: t('settings:copy.title'),
		about: [t('settings:copy.about', { day: sayDay(today, today) }), t('settings:copy.mind')],
		headings: {
			facts: t('settings:copy.facts'),
			people: t('settings:copy.people'),
			day: t('settings:copy.day'),
			what: t('settings:copy.what'),
			from: t('settings:copy.from')
		},
		none: t('settings:copy.none'),
		children: children.map((child) => childOf(child, today))
	};
}
