import { DYNAMIC, type DynamicPrefix } from './allowed.ts';
import { fileOf, splitPlural, withoutEasy, type Locale } from './catalogue.ts';
import { judge, type Tally } from './tally.ts';

/** A string that no screen says costs a translator's time in every language. */
export function checkUnused(tally: Tally, english: Locale, code: string, dynamic: readonly DynamicPrefix[] = DYNAMIC): void {
	const written = new Set([...code.matchAll(/[a-z]+:[A-Za-z0-9][\w.-]*/g)].map((hit) => hit[0]));
	const bases = new Set([...english.strings.keys()].map((key) => withoutEasy(splitPlural(key, english.strings).base)));
	for (const base of bases) {
		const used = written.has(base) || dynamic.some(({ prefix }) => base.startsWith(prefix));
		judge(tally, used, { file: fileOf(english.code, base), key: base, why: 'no screen says it; remove it, or list its prefix in scripts/words/allowed.ts' });
	}
	for (const { prefix } of dynamic) {
		const covers = [...bases].some((base) => base.startsWith(prefix));
		judge(tally, covers, { file: 'scripts/words/allowed.ts', key: prefix, why: 'this prefix covers no key any more' });
	}
}
