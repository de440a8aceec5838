/**
 * Pseudo-locales, made from English when they are chosen. `en-XA`: accents, 40 % longer, in brackets, so that text which
 * never went through `t` and boxes that cannot grow stand out. `ar-XB`: the same words inside a right-to-left override.
 */
export type Words = { [key: string]: string | Words };

const PLAIN = 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ';
const ACCENTED = 'åƀçðéƒĝĥîĵķļɱñöþǫŕšţûṽŵẋýžÅƁÇÐÉƑĜĤÎĴĶĻṀÑÖÞǪŔŠŢÛṼŴẊÝŽ';
const SWAP = new Map([...PLAIN].map((letter, at) => [letter, [...ACCENTED][at] ?? letter]));
const RLO = '\u202e';
const PDF = '\u202c';
/** Placeholders and tags must survive, or the string would break for a reason no translator would cause. */
const KEEP = /(\{\{.*?\}\}|<\/?\w+>)/;

const onText = (text: string, change: (piece: string) => string) =>
	text
		.split(KEEP)
		.map((piece, at) => (at % 2 === 1 ? piece : change(piece)))
		.join('');

const accent = (text: string) =>
	onText(text, (piece) => [...piece].map((letter) => SWAP.get(letter) ?? letter).join(''));

function longer(text: string): string {
	const room = Math.ceil(text.replace(/\{\{.*?\}\}|<\/?\w+>/g, '').length * 0.4);
	return `[${accent(text)} ${'~'.repeat(Math.max(1, room - 3))}]`;
}

const backwards = (text: string) => onText(text, (piece) => (piece.trim() ? RLO + piece + PDF : piece));

const PLURALS = ['zero', 'one', 'two', 'few', 'many'];

/** Every plural form of the target language is filled from `_other`: Arabic has six, English two. */
function fillPlurals(words: Words): Words {
	const filled: Words = { ...words };
	for (const [key, value] of Object.entries(words)) {
		const name = /^(.*)_other$/.exec(key)?.[1];
		if (name) for (const form of PLURALS) filled[`${name}_${form}`] ??= value;
	}
	return filled;
}

export function pseudoWords(words: Words, code: string): Words {
	const change = code === 'en-XA' ? longer : backwards;
	return Object.fromEntries(
		Object.entries(fillPlurals(words)).map(([key, value]) => [
			key,
			typeof value === 'string' ? change(value) : pseudoWords(value, code)
		])
	);
}
