import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { LANGUAGES, SOURCE } from '#i18n/languages.ts';

/** The word files as the gate reads them. `strings` is flat: `home:late.title_one` → text. */
export type Locale = {
	code: string;
	files: string[];
	strings: Map<string, string>;
	gaps: Record<string, string>;
	review: Record<string, ReviewEntry>;
};
export type ReviewEntry = { state: string; sourceHash: string; by: string; on: string };

const PLURAL = /^(.+)_(zero|one|two|few|many|other)$/;
type Tree = { [key: string]: string | Tree };

export const LOCALES = 'src/lib/i18n/locales';
/** Languages that people read: not the source, not the pseudo-locales that are made at run time. */
export const released = LANGUAGES.filter((row) => row.code !== SOURCE && !row.pseudo).map((row) => row.code);
export const sourceCode = SOURCE;

export const fileOf = (code: string, key: string): string => join(LOCALES, code, `${key.split(':')[0]}.json`);

function readJson<T>(path: string, absent: T): T {
	return existsSync(path) ? (JSON.parse(readFileSync(path, 'utf8')) as T) : absent;
}

function flatten(tree: Tree, prefix: string, into: Map<string, string>): void {
	for (const [name, value] of Object.entries(tree)) {
		if (typeof value === 'string') into.set(prefix + name, value);
		else flatten(value, `${prefix}${name}.`, into);
	}
}

export function readLocale(code: string, root: string = LOCALES): Locale {
	const folder = join(root, code);
	const names = existsSync(folder)
		? readdirSync(folder)
				.filter((name) => name.endsWith('.json'))
				.sort()
		: [];
	const files = names.filter((name) => !name.startsWith('_') && name !== 'gaps.json');
	const strings = new Map<string, string>();
	for (const name of files)
		flatten(readJson<Tree>(join(folder, name), {}), `${name.slice(0, -'.json'.length)}:`, strings);
	return {
		code,
		files,
		strings,
		gaps: readJson(join(folder, 'gaps.json'), {}),
		review: readJson(join(folder, '_review.json'), {})
	};
}

/** Folders below `locales/`, to find one that no row of languages.ts names. */
export const localeFolders = (): string[] =>
	readdirSync(LOCALES, { withFileTypes: true })
		.filter((e) => e.isDirectory())
		.map((e) => e.name);

/** `late_easy_one` → { base: 'late_easy', plural: 'one' }. Only a key whose `_other` form exists too is a plural. */
export function splitPlural(key: string, strings: Map<string, string>): { base: string; plural?: string } {
	const hit = PLURAL.exec(key);
	if (!hit || !strings.has(`${hit[1]}_other`)) return { base: key };
	return { base: hit[1] as string, plural: hit[2] as string };
}

export const isEasy = (base: string): boolean => base.endsWith('_easy');
export const withoutEasy = (base: string): string => base.replace(/_easy$/, '');

/** The English text a translated string was made from: the same form, or the general one for a form English has not. */
export function sourceText(source: Locale, locale: Locale, key: string): string | undefined {
	const same = source.strings.get(key);
	if (same !== undefined) return same;
	const { base } = splitPlural(key, locale.strings);
	return (
		source.strings.get(`${base}_other`) ??
		source.strings.get(base) ??
		(isEasy(base) ? source.strings.get(withoutEasy(base)) : undefined)
	);
}
