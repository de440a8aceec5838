import { EVENT_DETAILS, EVENT_TYPES, type DetailShape } from '#domain/case/vocabulary.ts';
import { RULE_IDS } from '#domain/law/remark-set.ts';
import { DYNAMIC, type DynamicPrefix } from './allowed.ts';
import { fileOf, splitPlural, withoutEasy, type Locale } from './catalogue.ts';
import { judge, type Tally } from './tally.ts';

/** What a rule and an event must be able to say; their ids are data, so their keys are put together at run time. */
export const SAID_OF_RULES = RULE_IDS.flatMap((id) => [
	`titles:${id}`,
	`legal:${id}.plain`,
	`legal:${id}.missed`
]);
export const SAID_OF_EVENTS = EVENT_TYPES.flatMap((type) =>
	['said', 'ask'].map((part) => `events:${type}.${part}`)
);

/** "The final plan" and "the changed plan" are told apart by a detail, where a sentence of its own exists (features/open-case/words.ts). */
const TELLING = ['outcome', 'kind', 'outside'];
const toldApart = EVENT_TYPES.flatMap((type) =>
	Object.entries(EVENT_DETAILS[type] as Record<string, DetailShape>).flatMap(([name, shape]) => {
		if (!TELLING.includes(name)) return [];
		const values = Array.isArray(shape) ? (shape as string[]) : shape === 'flag' ? ['yes'] : [];
		return values.map((value) => `events:${type}.${name}.${value}`);
	})
);

/** Keys that the code writes in full: `t('home:late.title')`, `wordsFor('home', 'late.title')`. */
export function keysWritten(code: string): Set<string> {
	const whole = [...code.matchAll(/[a-z]+:[A-Za-z0-9][\w.-]*/g)].map((hit) => hit[0]);
	const parted = [...code.matchAll(/\(\s*'([a-z]+)',\s*([^;]*?)\)/g)].flatMap((hit) =>
		[...(hit[2] as string).matchAll(/'([\w.-]+)'/g)].map((path) => `${hit[1]}:${path[1]}`)
	);
	return new Set([...whole, ...parted]);
}

/** Whether the code still puts keys together in this way: `stage.${…}` beside 'home', or `home:stage.${…}`. */
function isPutTogether(code: string, prefix: string): boolean {
	const path = prefix.slice(prefix.indexOf(':') + 1);
	return [`${prefix}\${`, `\`${path}\${`, `'${path}'`, `"${path}"`].some((form) => code.includes(form));
}

/** A string that no screen says costs a translator's time in every language. */
export function checkUnused(
	tally: Tally,
	english: Locale,
	code: string,
	dynamic: readonly DynamicPrefix[] = DYNAMIC
): void {
	const written = keysWritten(code);
	const fromData = new Set([...SAID_OF_RULES, ...SAID_OF_EVENTS, ...toldApart]);
	const bases = new Set(
		[...english.strings.keys()].map((key) => withoutEasy(splitPlural(key, english.strings).base))
	);
	for (const base of bases) {
		const used =
			written.has(base) || fromData.has(base) || dynamic.some(({ prefix }) => base.startsWith(prefix));
		judge(tally, used, {
			file: fileOf(english.code, base),
			key: base,
			why: 'no screen says it; remove it, or list its prefix in scripts/words/allowed.ts'
		});
	}
	for (const { prefix } of dynamic) {
		const covers = [...bases].some((base) => base.startsWith(prefix));
		judge(tally, covers && isPutTogether(code, prefix), {
			file: 'scripts/words/allowed.ts',
			key: prefix,
			why: 'covers no key any more, or no code puts such keys together'
		});
	}
}

/** Every rule and every event can be said. */
export function checkData(tally: Tally, english: Locale): void {
	for (const key of [...SAID_OF_RULES, ...SAID_OF_EVENTS])
		judge(tally, english.strings.has(key), {
			file: fileOf(english.code, key),
			key,
			why: 'a rule or an event has no words'
		});
}
