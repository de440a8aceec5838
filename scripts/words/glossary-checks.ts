import { readFileSync } from 'node:fs';
import { SEND_AS_A_VERB } from './allowed.ts';
import { fileOf, sourceText, type Locale } from './catalogue.ts';
import { PLACEHOLDER } from './plain-text.ts';
import { judge, type Tally } from './tally.ts';

/**
 * A term that must be the same everywhere, because letters and calls use it. `forms` are the pieces one of which must
 * stand in the translation: stems, since Polish and Urdu bend their words; Latin letters where we keep the English name.
 */
export type Term = {
	en: string;
	also?: string[];
	plain: string;
	in: Record<string, { term: string; forms: string[]; avoid?: string[] }>;
};

export const GLOSSARY = 'src/lib/i18n/glossary.json';
export const readGlossary = (): Term[] => JSON.parse(readFileSync(GLOSSARY, 'utf8')) as Term[];

const escape = (text: string) => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
/** Names in capitals are matched as written, so that "SEND" is not the verb. */
const finder = (term: Term) => {
	const names = [term.en, ...(term.also ?? [])].map(escape).join('|');
	return new RegExp(`(?<![\\w-])(${names})(s|[’']s)?(?![\\w-])`, /^[A-Z]{2}/.test(term.en) ? '' : 'i');
};

export function checkGlossary(
	tally: Tally,
	source: { english: Locale; terms: Term[] },
	locale: Locale
): void {
	const finders = source.terms.map((term) => ({ term, find: finder(term) }));
	for (const [key, text] of locale.strings) {
		// A value's name is no word of the sentence: {{council}} is filled in with a name.
		const english = sourceText(source.english, locale, key)?.replace(PLACEHOLDER, ' ');
		if (english === undefined) continue;
		const file = fileOf(locale.code, key);
		for (const { term, find } of finders) {
			const entry = term.in[locale.code];
			if (!entry || !find.test(english)) continue;
			const kept = entry.forms.some((form) => text.toLowerCase().includes(form.toLowerCase()));
			judge(tally, kept, {
				file,
				key,
				why: `"${term.en}" is "${entry.term}" in the glossary (one of: ${entry.forms.join(', ')})`
			});
			for (const wrong of entry.avoid ?? [])
				judge(tally, !text.includes(wrong), {
					file,
					key,
					why: `"${wrong}" is not to be used for "${term.en}"`
				});
		}
		checkSend(tally, { file, key, english, text, code: locale.code });
	}
}

/** Where English says SEND and nothing is sent, a verb "to send" in the translation is the well-known mistake. */
function checkSend(
	tally: Tally,
	string: { file: string; key: string; english: string; text: string; code: string }
): void {
	const verb = SEND_AS_A_VERB[string.code];
	if (!verb || !/\bSEND(?!IASS)/.test(string.english)) return;
	const alsoSends = /\b(send|sends|sent|sending)\b/.test(string.english);
	judge(tally, string.text.includes('SEND'), {
		file: string.file,
		key: string.key,
		why: 'SEND stays in Latin letters'
	});
	judge(tally, alsoSends || !verb.test(string.text), {
		file: string.file,
		key: string.key,
		why: 'SEND was translated as the verb "to send"'
	});
}

/** A term without a word in a released language, or missing from the page that people read, is not locked at all. */
export function checkGlossaryItself(tally: Tally, terms: Term[], codes: string[]): void {
	const page = readFileSync('docs/glossary.md', 'utf8').toLowerCase();
	for (const term of terms) {
		judge(tally, page.includes(term.en.toLowerCase()), {
			file: 'docs/glossary.md',
			key: term.en,
			why: 'a glossary term is not on the page'
		});
		for (const code of codes)
			judge(tally, (term.in[code]?.forms.length ?? 0) > 0, {
				file: GLOSSARY,
				key: term.en,
				why: `no word for it in ${code}`
			});
	}
}
