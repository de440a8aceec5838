import type { CivilDate } from '#domain/time/civil-date.ts';
import { formatDay } from '#i18n/format.ts';
import type { WordKey } from '#i18n/resources.ts';
import { has, t, wordsFor } from '#i18n/words.svelte.ts';
import type { LogRecord, RecordKind, RecordValue } from '../open-case/records.ts';

export const KIND_WORDS = {
	note: 'log:kinds.note',
	call: 'log:kinds.call',
	visit: 'log:kinds.visit',
	promised: 'log:kinds.promised',
	'out-of-school': 'log:kinds.outOfSchool',
	'part-time': 'log:kinds.partTime'
} as const satisfies Record<RecordKind, WordKey>;

export const WORDS_LABEL = {
	note: 'log:add.words.note',
	call: 'log:add.words.call',
	visit: 'log:add.words.visit',
	promised: 'log:add.words.promised',
	'out-of-school': 'log:add.words.outOfSchool',
	'part-time': 'log:add.words.partTime'
} as const satisfies Record<RecordKind, WordKey>;

export const WHO_LABEL = {
	call: 'log:add.who.call',
	visit: 'log:add.who.visit',
	promised: 'log:add.who.promised'
} as const satisfies Partial<Record<RecordKind, WordKey>>;

/** The day, or from one to another. With its year: on paper nobody knows which one is meant. */
export function daysSaid({ on, until }: Pick<RecordValue, 'on' | 'until'>): string {
	return until && until > on
		? t('log:until', { from: formatDay(on, 'full'), to: formatDay(until, 'full') })
		: formatDay(on, 'full');
}

/** "Phone call: Dawn Harris". */
export function headOf({ kind, who, hours }: Pick<RecordValue, 'kind' | 'who' | 'hours'>): string {
	const more = [who, hours].filter(Boolean).join(', ');
	return more ? t('home:party', { title: t(KIND_WORDS[kind]), party: more }) : t(KIND_WORDS[kind]);
}

/** What a record is about, where that is a date of the law. */
export const aboutSaid = ({ about }: Pick<RecordValue, 'about'>): string | undefined =>
	about && isRule(about) ? wordsFor('titles', about) : undefined;

/** An address may say anything; only the name of a rule is taken from it. */
export const isRule = (about: string): boolean => /^[A-Z0-9-]+$/.test(about) && has('titles', about);

export type Month = { month: string; rows: LogRecord[] };

/** Grouped as they come: newest first stays newest first. */
export function monthsOf(rows: readonly LogRecord[]): Month[] {
	const months: Month[] = [];
	for (const row of rows) {
		const month = row.v.on.slice(0, 7);
		const last = months.at(-1);
		if (last?.month === month) last.rows.push(row);
		else months.push({ month, rows: [row] });
	}
	return months;
}

/** As it is copied, shared and printed: oldest first, the way an adviser or a tribunal reads it. */
export const oldestFirst = (rows: readonly LogRecord[]): LogRecord[] => [...rows].reverse();

export function logAsText(
	rows: readonly LogRecord[],
	{ name, today }: { name: string; today: CivilDate }
): string {
	const head = [t('log:paper.title', { name }), t('log:paper.made', { day: formatDay(today, 'full') })];
	const parts = oldestFirst(rows).map(({ v }) =>
		[daysSaid(v), headOf(v), v.phone, v.text.trim()].filter(Boolean).join('\n')
	);
	return [head.join('\n'), ...parts].join('\n\n');
}
