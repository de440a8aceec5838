import { HIGHEST_GRADE, HIGHEST_GRADE_OF, MOST_WORDS, NEVER_SAID } from './allowed.ts';
import { fileOf, type Locale } from './catalogue.ts';
import { sentences, words } from './plain-text.ts';
import { gradeOf, prose } from './reading-age.ts';
import { judge, type Tally } from './tally.ts';

function checkString(tally: Tally, file: string, [key, text]: [string, string]): void {
	for (const sentence of sentences(text)) {
		const length = words(sentence).length;
		judge(tally, length <= MOST_WORDS, { file, key, why: `${length} words in one sentence, ${MOST_WORDS} at most: "${sentence}"` });
	}
	for (const { word, why } of NEVER_SAID) judge(tally, !word.test(text), { file, key, why: `"${word.exec(text)?.[0]}": ${why}` });
	judge(tally, text === text.trim() && text.length > 0, { file, key, why: 'empty, or a space at an end' });
}

/** English copy: reading age per namespace, sentence length, and words we do not use. */
export function checkEnglish(tally: Tally, english: Locale): void {
	const byNamespace = new Map<string, string[]>();
	for (const [key, text] of english.strings) {
		checkString(tally, fileOf(english.code, key), [key, text]);
		const ns = key.split(':')[0] as string;
		byNamespace.set(ns, [...(byNamespace.get(ns) ?? []), text]);
	}
	for (const [ns, texts] of byNamespace) {
		const highest = HIGHEST_GRADE_OF[ns] ?? HIGHEST_GRADE;
		const grade = gradeOf(prose(texts));
		const hardest = prose(texts).map((text) => ({ text, grade: gradeOf([text]) })).sort((a, b) => b.grade - a.grade).slice(0, 5);
		const examples = hardest.map((row) => `\n      ${row.grade.toFixed(1)} ${row.text}`).join('');
		judge(tally, grade <= highest, { file: fileOf(english.code, `${ns}:`), why: `reading grade ${grade.toFixed(1)}, ${highest} at most. Hardest:${examples}` });
	}
}
