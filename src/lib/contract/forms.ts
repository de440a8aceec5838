/**
 * The forms that a family fills, as versioned data. A version that was published is never changed: an old draft on an old phone can
 * still be sent, and what was sent is shown with the questions it answered. Words are in the namespace `views`, by form and question.
 */
export type FormQuestion = { id: string; symbol: 'sun' | 'star' | 'heart' | 'help' | 'message' | 'school' };
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
	}
];

export const formOf = (form: string, version: number): FormDefinition | undefined =>
	FORMS.find((one) => one.form === form && one.version === version);
/** The version that a new draft begins with. */
export const newestForm = (form: string): FormDefinition | undefined =>
	FORMS.filter((one) => one.form === form).sort((a, b) => b.version - a.version)[0];
