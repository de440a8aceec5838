import {
	EASY_DONE,
	HARDEST,
	HARDEST_OF,
	HIGHEST_GRADE,
	HIGHEST_GRADE_OF,
	MOST_WORDS,
	MOST_WORDS_EASY,
	NEVER_SAID,
	UNAVOIDABLE
} from './allowed.ts';
import { fileOf, isEasy, splitPlural, type Locale } from './catalogue.ts';
import { isProse, sentences, words } from './plain-text.ts';
import { gradeOf, prose } from './reading-age.ts';
import { judge, type Tally } from './tally.ts';

function checkString(tally: Tally, file: string, [key, text]: [string, string]): void {
	for (const sentence of sentences(text)) {
		const length = words(sentence).length;
		judge(tally, length <= MOST_WORDS, {
			file,
			key,
			why: `${length} words in one sentence, ${MOST_WORDS} at most: "${sentence}"`
		});
	}
	for (const { word, why } of NEVER_SAID)
		judge(tally, !word.test(text), { file, key, why: `"${word.exec(text)?.[0]}": ${why}` });
	judge(tally, text === text.trim() && text.length > 0, { file, key, why: 'empty, or a space at an end' });
}

/** English copy: reading age per namespace (returned), sentence length, and words we do not use. */
export function checkEnglish(tally: Tally, english: Locale): Map<string, number> {
	const byNamespace = new Map<string, string[]>();
	for (const [key, text] of english.strings) {
		checkString(tally, fileOf(english.code, key), [key, text]);
		const ns = key.split(':')[0] as string;
		const hardest = HARDEST_OF[ns] ?? HARDEST;
		const grade = isProse(text) ? gradeOf([text]) : 0;
		judge(tally, grade <= hardest, {
			file: fileOf(english.code, key),
			key,
			why: `reading grade ${grade.toFixed(1)}, ${hardest} at most for one string: "${text}"`
		});
		// Easy Read beside it must not make the plain string look easier than it is.
		if (isEasy(splitPlural(key, english.strings).base)) continue;
		byNamespace.set(ns, [...(byNamespace.get(ns) ?? []), text]);
	}
	const grades = new Map<string, number>();
	for (const [ns, texts] of byNamespace) {
		const highest = HIGHEST_GRADE_OF[ns] ?? HIGHEST_GRADE;
		const grade = gradeOf(prose(texts));
		grades.set(ns, grade);
		const hardest = prose(texts)
			.map((text) => ({ text, grade: gradeOf([text]) }))
			.sort((a, b) => b.grade - a.grade)
			.slice(0, 5);
		const examples = hardest.map((row) => `\n      ${row.grade.toFixed(1)} ${row.text}`).join('');
		judge(tally, grade <= highest, {
			file: fileOf(english.code, `${ns}:`),
			why: `reading grade ${grade.toFixed(1)}, ${highest} at most. Hardest:${examples}`
		});
	}
	return grades;
}

/** Easy Read is a setting a family chose: where a namespace is done, it must change every sentence that is too long for it. */
export function checkEasyForms(tally: Tally, english: Locale): void {
	for (const [key, text] of english.strings) {
		const { base, plural } = splitPlural(key, english.strings);
		if (!EASY_DONE.includes(key.split(':')[0] as string) || isEasy(base)) continue;
		const isShort = sentences(text).every((sentence) => words(sentence).length <= MOST_WORDS_EASY);
		const easy = `${base}_easy${plural ? `_${plural}` : ''}`;
		judge(tally, isShort || english.strings.has(easy), {
			file: fileOf(english.code, key),
			key,
			why: `a sentence above ${MOST_WORDS_EASY} words and no ${easy}`
		});
	}
}

/** A word is let off only while English copy says it. */
export function checkUnavoidable(tally: Tally, english: Locale): void {
	const said = [...english.strings.values()].join(' ').toLowerCase();
	for (const word of UNAVOIDABLE)
		judge(tally, said.includes(word), {
			file: 'scripts/words/allowed.ts',
			key: word,
			why: 'no English string says this word any more'
		});
}
