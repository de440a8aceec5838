import { UNAVOIDABLE } from './allowed.ts';
import { asRead, isProse, sentences, words } from './plain-text.ts';

/**
 * Flesch-Kincaid grade: 0.39 × words per sentence + 11.8 × syllables per word − 15.59 (Kincaid and others, 1975).
 * A smoke alarm and not a judge: it knows nothing of idiom or sense (design.md §2.4).
 */
const UNAVOIDABLE_SYLLABLES = 2;

/** An estimate by vowel groups. English spelling is not regular; tests hold it to known words. */
export function syllables(raw: string): number {
	const word = raw
		.toLowerCase()
		.replace(/[’']s$/, '')
		.replace(/[^a-z]/g, '');
	if (word.length <= 3) return 1;
	const silent = word
		.replace(/^y/, '')
		.replace(/([^aeiouyl]|[aeiouy]l)e$/, '$1')
		.replace(/([^aeiouysxzcg]|[aeiouy]l)es$/, '$1s')
		.replace(/([^aeiouytdl]|[aeiouy]l)ed$/, '$1d')
		// "safely", "movement": the e before an ending is silent too.
		.replace(/([aeiouy][^aeiouy])e(ly|ment|ments|ful|less|ness)$/, '$1$2');
	// "mediation", "create", "science": two vowels that are said apart.
	const apart = silent
		.replace(/i(?=ation|ate)/g, 'i-')
		.replace(/([cr])(ea)(?=t(e|or|ion|ive)?$)/g, '$1e-a')
		.replace(/i(?=enc|et)/g, 'i-');
	return Math.max(1, apart.match(/[aeiouy]+/g)?.length ?? 1);
}

/** A term nobody can replace (a body's name, a legal word explained where it stands) counts as an easy two syllables. */
function weight(word: string): number {
	const bare = word.replace(/[.,:;’']+$/, '');
	if (/\d/.test(bare)) return 1;
	const isAcronym = /^[A-Z]{2,}s?$/.test(bare);
	const known =
		UNAVOIDABLE.has(bare.toLowerCase()) || UNAVOIDABLE.has(bare.toLowerCase().replace(/(’s|'s|s)$/, ''));
	return isAcronym || known ? UNAVOIDABLE_SYLLABLES : syllables(bare);
}

export function gradeOf(texts: readonly string[], count: (word: string) => number = weight): number {
	const allSentences = texts.flatMap(sentences);
	const allWords = allSentences.flatMap(words);
	if (allWords.length === 0) return 0;
	const spoken = allWords.reduce(
		(sum, word) => sum + word.split('-').reduce((part, piece) => part + count(piece), 0),
		0
	);
	return 0.39 * (allWords.length / allSentences.length) + 11.8 * (spoken / allWords.length) - 15.59;
}

/** The prose of a namespace; a namespace of labels only is judged on all of them. */
export function prose(texts: readonly string[]): string[] {
	const found = texts.filter(isProse).map(asRead);
	return found.length >= 5 ? found : texts.map(asRead);
}
