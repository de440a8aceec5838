import { OperatorProblem } from '../operator-problem.ts';

/** The words after a command were not understood. */
export class BadArguments extends OperatorProblem {}

/**
 * Reads `--name value` pairs. `known` are the names allowed; the words without a name come back as `rest`. Throws
 * BadArguments that names the word.
 */
export function readArguments(
	words: string[],
	known: readonly string[]
): { options: Record<string, string>; rest: string[] } {
	const options: Record<string, string> = {};
	const rest: string[] = [];
	for (let index = 0; index < words.length; index++) {
		const word = words[index]!;
		if (!word.startsWith('--')) {
			rest.push(word);
			continue;
		}
		const name = word.slice(2);
		const value = words[++index];
		if (!known.includes(name))
			throw new BadArguments(
				`The option ${word} is not known here. Known: ${known.map((one) => `--${one}`).join(', ')}.`
			);
		if (value === undefined || value.startsWith('--'))
			throw new BadArguments(`The option ${word} needs a value after it.`);
		options[name] = value;
	}
	return { options, rest };
}
