import { writeChosen, type FormQuestion } from './forms.ts';

/**
 * The roots of a draft's document (`draft.write` of sync/writing.ts). Without a schema: the phone fetches this when somebody writes, and checks
 * nothing by it.
 */
export const DRAFT_UPDATE_BYTES = 180_000;
export const DRAFT_STATE_BYTES = 2 * 1024 * 1024;

/** The words to a question. */
export const questionRoot = (question: string): string => `q:${question}`;
/** Questions left out on purpose: `{question}` → true. */
export const SKIPPED_ROOT = 'skipped';
/** What was picked: `{question}:{choice}` → true, or `{question}` → the choice where only one may be. */
export const CHOSEN_ROOT = 'chosen';

/** The answer that a draft holds: its words, with what was picked in front where the question is of that kind. */
export function chosenIn(question: FormQuestion, chosen: Record<string, unknown>, words: string): string {
	if (question.kind !== 'choices') return words;
	const one = chosen[question.id];
	const ids =
		question.most === 1
			? typeof one === 'string'
				? [one]
				: []
			: (question.choices ?? []).filter((id) => chosen[`${question.id}:${id}`] === true);
	return writeChosen(question, { ids, words });
}
