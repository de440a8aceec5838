/** BCP 47, loosely: `en`, `pl`, `zh-Hant`. */
const CODE = /^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$/i;

/** Case systems often keep the name: those of the school census that are spoken most in English councils. */
const BY_NAME: Record<string, string> = {
	albanian: 'sq',
	arabic: 'ar',
	bengali: 'bn',
	'british sign language': 'bfi',
	bsl: 'bfi',
	bulgarian: 'bg',
	cantonese: 'yue',
	chinese: 'zh',
	czech: 'cs',
	english: 'en',
	farsi: 'fa',
	french: 'fr',
	german: 'de',
	gujarati: 'gu',
	hindi: 'hi',
	italian: 'it',
	kurdish: 'ku',
	lithuanian: 'lt',
	mandarin: 'cmn',
	mirpuri: 'pnb',
	panjabi: 'pa',
	pashto: 'ps',
	persian: 'fa',
	polish: 'pl',
	portuguese: 'pt',
	punjabi: 'pa',
	romanian: 'ro',
	russian: 'ru',
	slovak: 'sk',
	somali: 'so',
	spanish: 'es',
	sylheti: 'syl',
	tamil: 'ta',
	tigrinya: 'ti',
	turkish: 'tr',
	ukrainian: 'uk',
	urdu: 'ur',
	vietnamese: 'vi',
	welsh: 'cy',
	yoruba: 'yo'
};

/** The code of a language given as a code or by its English name; empty stays empty; null when it is neither. */
export function languageCode(cell: string): string | null {
	const word = cell.trim().toLowerCase();
	const named = BY_NAME[word];
	if (named !== undefined || word === '') return named ?? '';
	return CODE.test(cell.trim()) ? cell.trim() : null;
}
