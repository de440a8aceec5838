import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { LOCALES, sourceText, splitPlural, withoutEasy, type Locale, type ReviewEntry } from './catalogue.ts';
import type { CheckedStrings } from '#i18n/review.ts';
import { judge, type Tally } from './tally.ts';

export const STATES = ['machine-draft', 'person-checked', 'legal-checked', 'stale'];
/** 48 bits: enough that two of a few thousand strings never meet, and short in a file that is shipped. */
const HASH_LENGTH = 12;

export const hashOf = (text: string): string =>
	createHash('sha256').update(text).digest('hex').slice(0, HASH_LENGTH);

/** Each translated string says who checked it, and which English it was made from. */
export function checkReview(tally: Tally, english: Locale, locale: Locale): void {
	const file = join(LOCALES, locale.code, '_review.json');
	for (const key of locale.strings.keys()) {
		const entry = locale.review[key];
		judge(tally, entry !== undefined, {
			file,
			key,
			why: `no review state; run node scripts/check-words.ts --update-hashes ${locale.code}`
		});
		if (!entry) continue;
		judge(tally, STATES.includes(entry.state), {
			file,
			key,
			why: `state "${entry.state}" is none of ${STATES.join(', ')}`
		});
		judge(tally, Boolean(entry.by) && /^\d{4}-\d\d-\d\d$/.test(entry.on), {
			file,
			key,
			why: 'who and on which day must be said'
		});
		const fresh = entry.sourceHash === hashOf(sourceText(english, locale, key) ?? '');
		const why = `the English changed since; translate anew, or run node scripts/check-words.ts --mark-stale ${locale.code}`;
		judge(tally, fresh || entry.state === 'stale', { file, key, why });
	}
	for (const key of Object.keys(locale.review))
		judge(tally, locale.strings.has(key), { file, key, why: 'a state without a string' });
}

/** What phones fetch of the review (`_checked.json`): 20 kB less than all of it. A string counts as its least checked form. */
export function checkedStrings(locale: Locale, review: Record<string, ReviewEntry>): CheckedStrings {
	const worst = ['machine-draft', 'stale', 'person-checked', 'legal-checked'] as const;
	const counts: CheckedStrings['counts'] = {};
	const ranks = new Map<string, number>();
	for (const key of Object.keys(review).sort()) {
		const rank = Math.max(0, worst.indexOf(review[key]!.state as (typeof worst)[number]));
		const ns = key.split(':')[0]!;
		const [checked, total] = counts[ns] ?? [0, 0];
		counts[ns] = [checked + Number(rank > 1), total + 1];
		const base = withoutEasy(splitPlural(key, locale.strings).base);
		ranks.set(base, Math.min(rank, ranks.get(base) ?? rank));
	}
	const strings = [...ranks].filter(([, rank]) => rank > 1).map(([key, rank]) => [key, worst[rank]]);
	return { counts, checked: Object.fromEntries(strings) };
}

const checkedFile = (locale: Locale) => join(LOCALES, locale.code, '_checked.json');
const asText = (checked: CheckedStrings) => `${JSON.stringify(checked, null, '\t')}\n`;

/** `_checked.json` says what `_review.json` says. */
export function checkCheckedFile(tally: Tally, locale: Locale): void {
	const file = checkedFile(locale);
	const sound =
		existsSync(file) && readFileSync(file, 'utf8') === asText(checkedStrings(locale, locale.review));
	judge(tally, sound, {
		file,
		why: `not what _review.json says; run node scripts/check-words.ts --update-hashes ${locale.code}`
	});
}

const write = (locale: Locale, review: Record<string, ReviewEntry>) => {
	const sorted = Object.fromEntries(Object.entries(review).sort(([a], [b]) => (a < b ? -1 : 1)));
	const lines = Object.entries(sorted).map(
		([key, entry]) => `\t${JSON.stringify(key)}: ${JSON.stringify(entry)}`
	);
	writeFileSync(join(LOCALES, locale.code, '_review.json'), `{\n${lines.join(',\n')}\n}\n`);
	writeFileSync(checkedFile(locale), asText(checkedStrings(locale, sorted)));
};

/** Strings without an entry become drafts of today, made from the English of today; entries of gone strings go. */
export function updateHashes(english: Locale, locale: Locale, draft: { by: string; on: string }): number {
	const review: Record<string, ReviewEntry> = {};
	let added = 0;
	for (const key of locale.strings.keys()) {
		const sourceHash = hashOf(sourceText(english, locale, key) ?? '');
		const known = locale.review[key];
		if (!known) added += 1;
		review[key] = known ?? { state: 'machine-draft', sourceHash, ...draft };
	}
	write(locale, review);
	return added;
}

/** Strings whose English changed are marked, so that the app shows the English beside them until they are done anew. */
export function markStale(english: Locale, locale: Locale): number {
	let marked = 0;
	const review = { ...locale.review };
	for (const [key, entry] of Object.entries(review)) {
		if (entry.state === 'stale' || entry.sourceHash === hashOf(sourceText(english, locale, key) ?? ''))
			continue;
		review[key] = { ...entry, state: 'stale' };
		marked += 1;
	}
	write(locale, review);
	return marked;
}
