import { judge, type Tally } from './tally.ts';

/** Lines of code that would break in another language: dates formatted on the side, and layout that knows only one direction. */
type File = { path: string; text: string };

const withoutComments = (text: string) =>
	text
		.replace(/\/\*[\s\S]*?\*\//g, '')
		.replace(/<!--[\s\S]*?-->/g, '')
		.replace(/(^|[^:'"`\\])\/\/.*$/gm, '$1');

const INTL = /\bIntl\s*\.|\.toLocale(Date|Time)?String\b/;
const FORMAT = 'src/lib/i18n/format.ts';
/** Plural forms have neither calendar nor digits; keys are put together here. */
const PLURALS = { path: 'src/lib/i18n/say.ts', says: /\bIntl\.PluralRules\b/g };

/** Only format.ts says Intl, say.ts apart for plurals: it forces calendar and digits (design.md §1.2). */
export function checkIntl(tally: Tally, files: readonly File[]): void {
	for (const { path, text } of files) {
		if (path === FORMAT) continue;
		const code = withoutComments(text);
		const hit = INTL.exec(path === PLURALS.path ? code.replace(PLURALS.says, '') : code);
		judge(tally, !hit, {
			file: path,
			why: `"${hit?.[0]}": only ${FORMAT} may, it forces calendar and digits`
		});
	}
}

const SIDES =
	/^(?:(?:scroll-)?(?:margin|padding)-(?:left|right)|border-(?:left|right)(?:-\w+)*|border-(?:top|bottom)-(?:left|right)-radius|left|right)$/;
const SIDED_VALUES = /^(?:text-align|float|clear|caption-side)$/;
const FOUR_SIDES =
	/^(?:margin|padding|inset|border-width|border-color|border-style|scroll-margin|scroll-padding)$/;

/** Splits on spaces that are outside brackets: `0 calc(1rem + 2px) 0 1rem` has four parts. */
function parts(value: string): string[] {
	const found: string[] = [''];
	let depth = 0;
	for (const letter of value.trim()) {
		depth += letter === '(' ? 1 : letter === ')' ? -1 : 0;
		if (/\s/.test(letter) && depth === 0) found.push('');
		else found[found.length - 1] += letter;
	}
	return found.filter(Boolean);
}

/** Why a declaration leans on left or right, or undefined when it does not. */
export function physical(property: string, value: string): string | undefined {
	if (SIDES.test(property)) return `${property} names a side; use its -inline-start or -inline-end`;
	if (SIDED_VALUES.test(property) && /^(left|right)\b/.test(value.trim()))
		return `${property}: ${value.trim()} names a side; use start or end`;
	const four = FOUR_SIDES.test(property) ? parts(value) : [];
	if (four.length === 4 && four[1] !== four[3])
		return `${property} with four values gives left and right different ones; use -inline`;
	return undefined;
}

const styleOf = ({ path, text }: File): string =>
	path.endsWith('.css')
		? text
		: [...text.matchAll(/<style[^>]*>([\s\S]*?)<\/style>/g)].map((hit) => hit[1]).join('\n');

export function physicalIn(css: string): string[] {
	const bare = css.replace(/\/\*[\s\S]*?\*\//g, '');
	return [...bare.matchAll(/(?<=[{;]|^)\s*([a-z-]+)\s*:\s*([^;{}]+)(?=[;}])/g)].flatMap(
		(hit) => physical(hit[1] as string, hit[2] as string) ?? []
	);
}

export function checkDirection(tally: Tally, files: readonly File[]): void {
	for (const file of files) {
		const found = physicalIn(styleOf(file));
		judge(tally, found.length === 0, { file: file.path, why: found.join('; ') });
	}
}
