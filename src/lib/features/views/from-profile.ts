/** Which section of "tell it once" answers which question, by form. Data: a new form adds its rows. */
export const SECTION_FOR: Readonly<Record<string, Readonly<Record<string, string>>>> = {
	'annual-review': { about: 'matters', hard: 'upsets', health: 'health', 'help-now': 'help' },
	assessment: { about: 'matters', hard: 'upsets', health: 'health', need: 'help' },
	'draft-answer': { missing: 'help' }
};

/** Own words stay first and whole; what is there already is not put there twice. */
export function withAdded(box: string, words: string): string {
	if (box.trim() === '') return words;
	return box.includes(words) ? box : `${box.trimEnd()}\n\n${words}`;
}
