import { LONGEST_BUTTON, LONGEST_LABEL, MOST_WORDS_EASY } from './allowed.ts';
import { fileOf, isEasy, sourceText, splitPlural, withoutEasy, type Locale } from './catalogue.ts';
import { PLACEHOLDER, placeholders, sentences, tags, TAG, words } from './plain-text.ts';
import { judge, type Tally } from './tally.ts';

/** `home:*` and `home:stage.*` cover what is below them. */
export const gapFor = (gaps: Record<string, string>, base: string): string | undefined =>
	Object.entries(gaps).find(
		([name]) => name === base || (name.endsWith('*') && base.startsWith(name.slice(0, -1)))
	)?.[1];

/** The plural forms a language has, by CLDR. i18next shows a raw key when one of them is missing (design.md §1.5). */
export const pluralForms = (code: string): string[] =>
	new Intl.PluralRules(code).resolvedOptions().pluralCategories;

const bases = (locale: Locale) => {
	const found = new Map<string, boolean>();
	for (const key of locale.strings.keys()) {
		const { base, plural } = splitPlural(key, locale.strings);
		found.set(base, plural !== undefined);
	}
	return found;
};

/** Strings, in any form, whose key English does not have. */
export function unknownKeys(english: Locale, locale: Locale): string[] {
	const ours = bases(english);
	return [...locale.strings.keys()].filter((key) => {
		const { base } = splitPlural(key, locale.strings);
		return !ours.has(base) && !(isEasy(base) && ours.has(withoutEasy(base)));
	});
}

/** Nothing missing without a reason, nothing that English does not have, every plural form there. */
export function checkCompleteness(tally: Tally, english: Locale, locale: Locale): void {
	const theirs = bases(locale);
	const ours = bases(english);
	for (const [base, isPlural] of ours) {
		// Easy Read falls back to the plain words of the same language, never to English.
		if (isEasy(base) && !theirs.has(base)) continue;
		const file = fileOf(locale.code, base);
		const gap = gapFor(locale.gaps, base);
		judge(tally, theirs.has(base) || Boolean(gap), {
			file,
			key: base,
			why: 'missing; translate it, or give the reason in gaps.json'
		});
		judge(tally, !theirs.has(base) || gap === undefined, {
			file,
			key: base,
			why: 'translated, yet gaps.json still lists it'
		});
		if (theirs.has(base))
			judge(tally, theirs.get(base) === isPlural, {
				file,
				key: base,
				why: 'plural in one language, not in the other'
			});
	}
	const unknown = new Set(unknownKeys(english, locale));
	for (const key of locale.strings.keys())
		judge(tally, !unknown.has(key), {
			file: fileOf(locale.code, key),
			key,
			why: 'English has no such key; node scripts/check-words.ts --prune takes it out'
		});
	for (const name of Object.keys(locale.gaps)) {
		const used = [...ours.keys()].some((base) => gapFor({ [name]: 'x' }, base));
		judge(tally, used && Boolean(locale.gaps[name]), {
			file: `${locale.code}/gaps.json`,
			key: name,
			why: 'covers no key, or gives no reason'
		});
	}
}

/** Every form that the language's plural rules can ask for. */
export function checkPlurals(tally: Tally, locale: Locale): void {
	const forms = pluralForms(locale.code);
	for (const [base, isPlural] of bases(locale)) {
		if (!isPlural) continue;
		for (const form of forms)
			judge(tally, locale.strings.has(`${base}_${form}`), {
				file: fileOf(locale.code, base),
				key: `${base}_${form}`,
				why: 'this plural form is missing'
			});
	}
}

const same = (a: string[], b: string[]) => a.join('|') === b.join('|');
const withoutCount = (names: string[]) => names.filter((name) => name !== 'count');
const isSound = (text: string) =>
	!/[{}]/.test(text.replace(PLACEHOLDER, '')) && !/[<>]/.test(text.replace(TAG, ''));

function tagsAreNested(text: string): boolean {
	const open: string[] = [];
	for (const tag of text.match(TAG) ?? []) {
		const name = tag.replace(/[</>]/g, '');
		if (!tag.startsWith('</')) open.push(name);
		else if (open.pop() !== name) return false;
	}
	return open.length === 0;
}

/** The same values and the same tags as in English. A form for one or two things may leave the number out. */
export function checkPlaceholders(tally: Tally, english: Locale, locale: Locale): void {
	for (const [key, text] of locale.strings) {
		const file = fileOf(locale.code, key);
		judge(tally, isSound(text) && tagsAreNested(text), { file, key, why: 'a brace or a tag is not closed' });
		const source = sourceText(english, locale, key);
		if (source === undefined || locale.code === english.code) continue;
		const { plural } = splitPlural(key, locale.strings);
		const mayDropCount = plural === 'zero' || plural === 'one' || plural === 'two';
		const strip = mayDropCount ? withoutCount : (names: string[]) => names;
		const whole = placeholders(source);
		judge(tally, same(strip(placeholders(text)), strip(whole)), {
			file,
			key,
			why: `values {${placeholders(text)}}, English has {${whole}}`
		});
		judge(tally, same(tags(text), tags(source)), {
			file,
			key,
			why: `tags ${tags(text).join(' ') || 'none'}, English has ${tags(source).join(' ') || 'none'}`
		});
	}
}

/** A key says by its name what it is (docs/translating.md): `…label`, `…Label`, `…button`, `…Button`, below `tabs.` a tab. */
export function lengthBudget(base: string): { most: number; oneWord: boolean } | undefined {
	const path = withoutEasy(base.split(':')[1] ?? '').split('.');
	const last = path.at(-1) ?? '';
	if (path.includes('tabs')) return { most: LONGEST_LABEL, oneWord: true };
	if (/(^l|L)abel$/.test(last)) return { most: LONGEST_LABEL, oneWord: false };
	if (/(^b|B)utton$/.test(last)) return { most: LONGEST_BUTTON, oneWord: false };
	return undefined;
}

/** `buttons` are keys that stand inside a Button in some screen, whatever their name. A value counts as six letters. */
export function checkLengths(tally: Tally, locale: Locale, buttons: ReadonlySet<string>): void {
	for (const [key, text] of locale.strings) {
		const { base } = splitPlural(key, locale.strings);
		const isButton = buttons.has(withoutEasy(base));
		const budget = lengthBudget(base) ?? (isButton ? { most: LONGEST_BUTTON, oneWord: false } : undefined);
		if (!budget) continue;
		const shown = text.replace(PLACEHOLDER, 'Samira').replace(TAG, '');
		const file = fileOf(locale.code, key);
		judge(tally, [...shown].length <= budget.most, {
			file,
			key,
			why: `${[...shown].length} letters, room for ${budget.most}: "${text}"`
		});
		if (budget.oneWord) judge(tally, !/\s/.test(shown.trim()), { file, key, why: 'a tab is one word' });
	}
}

export function checkEasy(tally: Tally, locale: Locale): void {
	for (const [key, text] of locale.strings) {
		if (!isEasy(splitPlural(key, locale.strings).base)) continue;
		for (const sentence of sentences(text)) {
			const length = words(sentence).length;
			judge(tally, length <= MOST_WORDS_EASY, {
				file: fileOf(locale.code, key),
				key,
				why: `${length} words, Easy Read has ${MOST_WORDS_EASY} at most: "${sentence}"`
			});
		}
	}
}
