/**
 * The languages, one row each. A new language is a folder below `locales/` and a row here (docs/translating.md).
 * `own` is what its readers call it; a flag never stands for a language.
 */
export type Script = 'latin' | 'arabic' | 'nastaliq';

export type Language = {
	code: string;
	own: string;
	english: string;
	dir: 'ltr' | 'rtl';
	script: Script;
	/** BCP 47 tag for formatting; calendar and digits are added by format.ts, whatever the locale prefers. */
	tag: string;
	/** Where a missing string is looked for, in order. English ends every chain. */
	fallback: string[];
	/** CLDR puts the month before the day in some languages (design.md §1.2); then we set the order ourselves. */
	dayFirst?: true;
	/** Made from English at run time to find layout and direction faults; offered only in a development build. */
	pseudo?: true;
};

export const SOURCE = 'en';

export const LANGUAGES: readonly Language[] = [
	{
		code: 'en',
		own: 'English',
		english: 'English',
		dir: 'ltr',
		script: 'latin',
		tag: 'en-GB',
		fallback: [],
		dayFirst: true
	},
	{
		code: 'ur',
		own: 'اردو',
		english: 'Urdu',
		dir: 'rtl',
		script: 'nastaliq',
		tag: 'ur-PK',
		fallback: [SOURCE]
	},
	{
		code: 'pl',
		own: 'Polski',
		english: 'Polish',
		dir: 'ltr',
		script: 'latin',
		tag: 'pl',
		fallback: [SOURCE]
	},
	{
		code: 'en-XA',
		own: '[Ƥşḗŭḓǿ]',
		english: 'Pseudo, longer',
		dir: 'ltr',
		script: 'latin',
		tag: 'en-GB',
		fallback: [SOURCE],
		dayFirst: true,
		pseudo: true
	},
	{
		code: 'ar-XB',
		own: '[Pseudo RTL]',
		english: 'Pseudo, right to left',
		dir: 'rtl',
		script: 'arabic',
		tag: 'en-GB',
		fallback: [SOURCE],
		dayFirst: true,
		pseudo: true
	}
];

export const isLanguage = (code: string): boolean => LANGUAGES.some((row) => row.code === code);

/** The row of a code; English for a code we do not have, so that a stale choice in storage still opens the app. */
export function languageOf(code: string): Language {
	return LANGUAGES.find((row) => row.code === code) ?? (LANGUAGES[0] as Language);
}

/** The first language of a browser's list that we have: `ur-PK` and `pa-Arab` read Urdu (design.md §1.1). */
export function pickLanguage(wanted: readonly string[]): string {
	for (const tag of wanted) {
		if (isLanguage(tag)) return tag;
		if (/^pa-(Arab|PK)/i.test(tag)) return 'ur';
		const base = tag.split('-')[0] ?? '';
		if (isLanguage(base)) return base;
	}
	return SOURCE;
}
