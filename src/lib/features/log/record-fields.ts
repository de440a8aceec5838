import type { CivilDate } from '#domain/time/civil-date.ts';
import { RECORD_KINDS } from '#contract/rows.ts';
import type { WordKey } from '#i18n/resources.ts';
import type { RecordKind, RecordValue, RecordWords } from '../open-case/records.ts';

/** What each kind asks for, besides its day and its words. Pure. */
type Asks = { who: boolean; lasts: boolean; hours: boolean; words: boolean };
const ASKS: Record<RecordKind, Asks> = {
	note: { who: false, lasts: false, hours: false, words: true },
	call: { who: true, lasts: false, hours: false, words: false },
	visit: { who: true, lasts: false, hours: false, words: true },
	promised: { who: true, lasts: false, hours: false, words: true },
	'out-of-school': { who: false, lasts: true, hours: false, words: false },
	'part-time': { who: false, lasts: true, hours: true, words: false }
};
export const asksOf = (kind: RecordKind): Asks => ASKS[kind];

/** An address may say anything. */
export const kindFrom = (asked: string | null): RecordKind | undefined =>
	RECORD_KINDS.find((kind) => kind === asked);

/** `on` and `until` are '' while what was typed is no day. */
export type RecordFields = {
	kind: RecordKind;
	on: CivilDate | '';
	until: CivilDate | '';
	who: string;
	phone: string;
	hours: string;
	text: string;
	about: string;
};

export const fieldsOf = (v: RecordValue): RecordFields => ({
	...{ kind: v.kind, on: v.on, text: v.text },
	...{ until: v.until ?? '', who: v.who ?? '', phone: v.phone ?? '' },
	...{ hours: v.hours ?? '', about: v.about ?? '' }
});

/**
 * The row that the fields stand for. A day that is none yet keeps the one before (today at first): words must not wait for it. What the
 * kind does not ask for is taken out, as undefined, which no row keeps.
 */
export function valueOf(fields: RecordFields, onBefore: CivilDate): RecordWords {
	const { who, lasts, hours } = ASKS[fields.kind];
	const said = (asked: boolean, text: string) => (asked && text.trim() !== '' ? text.trim() : undefined);
	return {
		kind: fields.kind,
		on: fields.on || onBefore,
		text: fields.text,
		until: said(lasts, fields.until),
		who: said(who, fields.who),
		phone: said(fields.kind === 'call' && who, fields.phone),
		hours: said(hours, fields.hours),
		about: fields.about || undefined
	};
}

export type RecordProblem = { field: 'record-text' | 'record-until'; key: WordKey };

/** What stands in the way of Save; the days' own faults come from their fields. */
export function problemsOf(fields: RecordFields): RecordProblem[] {
	const asks = ASKS[fields.kind];
	const words = fields.text.trim() !== '';
	const problems: RecordProblem[] = [];
	if (asks.words && !words) problems.push({ field: 'record-text', key: 'log:add.empty' });
	if (fields.kind === 'call' && !words && fields.who.trim() === '')
		problems.push({ field: 'record-text', key: 'log:add.emptyCall' });
	if (asks.lasts && fields.on && fields.until && fields.until < fields.on)
		problems.push({ field: 'record-until', key: 'log:add.untilBefore' });
	return problems;
}
