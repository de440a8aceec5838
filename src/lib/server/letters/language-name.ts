/** Languages that English councils write as codes most often. A letter that cannot name a language leaves the line out. */
const NAMES: Record<string, string> = {
	am: 'Amharic',
	ar: 'Arabic',
	bg: 'Bulgarian',
	bn: 'Bengali',
	bsl: 'British Sign Language',
	bfi: 'British Sign Language',
	ckb: 'Kurdish Sorani',
	cs: 'Czech',
	de: 'German',
	es: 'Spanish',
	fa: 'Farsi',
	fr: 'French',
	gu: 'Gujarati',
	hi: 'Hindi',
	hu: 'Hungarian',
	it: 'Italian',
	kmr: 'Kurdish Kurmanji',
	ku: 'Kurdish',
	lt: 'Lithuanian',
	lv: 'Latvian',
	ml: 'Malayalam',
	nl: 'Dutch',
	pa: 'Punjabi',
	pl: 'Polish',
	prs: 'Dari',
	ps: 'Pashto',
	pt: 'Portuguese',
	ro: 'Romanian',
	rom: 'Romani',
	ru: 'Russian',
	sk: 'Slovak',
	so: 'Somali',
	sq: 'Albanian',
	sv: 'Swedish',
	sw: 'Swahili',
	syl: 'Sylheti',
	ta: 'Tamil',
	te: 'Telugu',
	th: 'Thai',
	ti: 'Tigrinya',
	tr: 'Turkish',
	uk: 'Ukrainian',
	ur: 'Urdu',
	vi: 'Vietnamese',
	yo: 'Yoruba',
	yue: 'Cantonese',
	zh: 'Chinese'
};

/** A council's word or code for a language as an English name; null for English and for a code nobody here knows. */
export function languageName(given: string): string | null {
	const text = given.trim();
	if (/^(en(-.*)?|eng|english)$/i.test(text)) return null;
	const code = /^([a-z]{2,3})(-[A-Za-z0-9]+)*$/i.exec(text)?.[1]?.toLowerCase();
	if (code && NAMES[code]) return NAMES[code];
	// Longer than a code: the council wrote the name.
	return code ? null : text || null;
}
