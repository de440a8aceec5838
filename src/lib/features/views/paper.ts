/** A form as plain text, to keep, print or hand in. All words are finished by the caller; here they only become lines. */
export type Paper = {
	title: string;
	about: string[];
	parts: { ask: string; words?: string }[];
	/** Said below a question without words. */
	none: string;
};

export const paperText = ({ title, about, parts, none }: Paper): string =>
	[title, ...about, ...parts.map(({ ask, words }, at) => `\n${at + 1}. ${ask}\n\n${words ?? none}`)].join(
		'\n'
	) + '\n';

/** The name of the file says the day and nothing else. */
export const paperFile = (text: string, day: string): File =>
	new File([text], `alongside-words-${day}.txt`, { type: 'text/plain;charset=utf-8' });
