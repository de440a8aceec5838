/**
 * The forms that a family fills, as versioned data. A version that was published is never changed: an old draft on an old phone can
 * still be sent, and what was sent is shown with the questions it answered. Words are in the namespace `views`, by form and question.
 */
export type FormQuestion = {
	id: string;
	symbol: 'sun' | 'star' | 'heart' | 'help' | 'message' | 'school';
	/** Answered in own words unless it says otherwise. */
	kind?: 'text' | 'choices';
	/** Ids of what may be chosen, and how many at most; any number unless it says so. */
	choices?: readonly string[];
	most?: number;
};
export type FormDefinition = { form: string; version: number; questions: readonly FormQuestion[] };

export const FORMS: readonly FormDefinition[] = [
	{
		form: 'annual-review',
		version: 1,
		questions: [
			{ id: 'about', symbol: 'heart' },
			{ id: 'going-well', symbol: 'sun' },
			{ id: 'hard', symbol: 'help' },
			{ id: 'health', symbol: 'heart' },
			{ id: 'help-now', symbol: 'school' },
			{ id: 'change', symbol: 'message' },
			{ id: 'future', symbol: 'star' },
			{ id: 'other', symbol: 'message' }
		]
	},
	{
		form: 'assessment',
		version: 1,
		questions: [
			{ id: 'about', symbol: 'heart' },
			{ id: 'going-well', symbol: 'sun' },
			{ id: 'hard', symbol: 'help' },
			{ id: 'health', symbol: 'heart' },
			{ id: 'tried', symbol: 'school' },
			{ id: 'need', symbol: 'message' },
			{ id: 'future', symbol: 'star' },
			{ id: 'other', symbol: 'message' }
		]
	},
	{
		form: 'draft-answer',
		version: 1,
		questions: [
			{ id: 'right', symbol: 'sun' },
			{ id: 'missing', symbol: 'help' },
			{ id: 'wrong', symbol: 'message' },
			{ id: 'setting', symbol: 'school' },
			{ id: 'meeting', symbol: 'message', kind: 'choices', choices: ['yes', 'no', 'not-sure'], most: 1 },
			{ id: 'other', symbol: 'message' }
		]
	},
	{
		form: 'after-review',
		version: 1,
		questions: [
			{ id: 'who', symbol: 'school' },
			{
				...{ id: 'heard', symbol: 'message', kind: 'choices', most: 1 },
				choices: ['yes', 'partly', 'no', 'not-sure']
			},
			{ id: 'agreed', symbol: 'star' },
			{ id: 'not-said', symbol: 'help' },
			{ id: 'next', symbol: 'sun' }
		]
	},
	{
		/** What a family tells once, as it shares it: features/profile keeps the words, and sends a copy of chosen sections. */
		form: 'profile',
		version: 1,
		questions: [
			{ id: 'matters', symbol: 'star' },
			{ id: 'help', symbol: 'sun' },
			{ id: 'upsets', symbol: 'help' },
			{ id: 'communicate', symbol: 'message' },
			{ id: 'health', symbol: 'heart' }
		]
	},
	{
		/** The child's own: pictures to choose, and words of one's own for whoever likes to. */
		form: 'child-voice',
		version: 1,
		questions: [
			{
				...{ id: 'feel', symbol: 'heart', kind: 'choices' },
				choices: ['happy', 'calm', 'okay', 'worried', 'sad', 'cross', 'tired']
			},
			{
				...{ id: 'helps', symbol: 'sun', kind: 'choices' },
				choices: [
					...['quiet', 'headphones', 'break', 'moving', 'person', 'pictures', 'time', 'knowing'],
					'my-things'
				]
			},
			{
				...{ id: 'who', symbol: 'school', kind: 'choices' },
				choices: ['family', 'friends', 'teacher', 'helper', 'doctor', 'pet', 'no-one']
			},
			{
				...{ id: 'hard', symbol: 'help', kind: 'choices' },
				choices: [
					...['noise', 'light', 'people', 'change', 'waiting', 'talking', 'reading', 'writing', 'food'],
					...['sleep', 'journey']
				]
			},
			{
				...{ id: 'places', symbol: 'star', kind: 'choices' },
				choices: ['home', 'bed', 'outside', 'water', 'school', 'quiet-room', 'car', 'screen']
			},
			{ id: 'tell', symbol: 'message' }
		]
	}
];

export const formOf = (form: string, version: number): FormDefinition | undefined =>
	FORMS.find((one) => one.form === form && one.version === version);
/** The version that a new draft begins with. */
export const newestForm = (form: string): FormDefinition | undefined =>
	FORMS.filter((one) => one.form === form).sort((a, b) => b.version - a.version)[0];

/**
 * An answer to a question with choices: their ids in the form's own order with commas between, then, where there are words as well, a
 * bar and the words as they were typed. `happy,worried|Not on Mondays.` No id holds a comma or a bar, so the first bar ends the ids.
 */
export type Chosen = { ids: string[]; words: string };

export function readChosen(answer: string): Chosen {
	const bar = answer.indexOf('|');
	const [ids, words] = bar < 0 ? [answer, ''] : [answer.slice(0, bar), answer.slice(bar + 1)];
	return { ids: ids === '' ? [] : ids.split(','), words };
}

/** Nothing chosen and no words is no answer: ''. Two that say the same are the same text. */
export function writeChosen({ choices = [] }: FormQuestion, { ids, words }: Chosen): string {
	const chosen = choices.filter((id) => ids.includes(id)).join(',');
	return words.trim() === '' ? chosen : `${chosen}|${words}`;
}

/** Whether an answer is one that this question takes. The server asks before it gives a receipt. */
export function fitsQuestion(question: FormQuestion, answer: string): boolean {
	if (question.kind !== 'choices') return true;
	const chosen = readChosen(answer);
	return chosen.ids.length <= (question.most ?? Infinity) && writeChosen(question, chosen) === answer;
}
