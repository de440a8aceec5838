import type { OutboxItem } from '#store/outbox.ts';
import { answerText } from '../open-case/answer-words.ts';
import { messageIn, viewsIn } from '../open-case/sent-args.ts';

/** The exact words of an item, for the clipboard or a file. `ask` gives a question its words. Undefined: it does not open. */
export function itemText(
	item: Pick<OutboxItem, 'name' | 'args'>,
	ask: (form: string, question: string) => string
): string | undefined {
	const message = messageIn(item);
	if (message) return message.text;
	const views = viewsIn(item);
	if (!views) return undefined;
	return Object.entries(views.answers)
		.map(
			([question, words]) => `${ask(views.form, question)}\n\n${answerText({ ...views, question }, words)}`
		)
		.join('\n\n\n');
}

/** What the file says besides the words, so that it can be told apart later. */
export const itemFile = (lines: readonly string[], text: string, day: string): File =>
	new File([`${lines.join('\n')}\n\n${text}\n`], `alongside-waiting-${day}.txt`, {
		type: 'text/plain;charset=utf-8'
	});
