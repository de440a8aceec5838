import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { LOCALES, type Locale } from './catalogue.ts';
import { unknownKeys } from './translation-checks.ts';

type Tree = { [key: string]: string | Tree };

/** The tree without the paths in `gone`, and without branches that became empty. */
export function without(tree: Tree, gone: ReadonlySet<string>, prefix = ''): Tree {
	return Object.fromEntries(
		Object.entries(tree).flatMap(([name, value]): [string, string | Tree][] => {
			if (typeof value === 'string') return gone.has(prefix + name) ? [] : [[name, value]];
			const branch = without(value, gone, `${prefix}${name}.`);
			return Object.keys(branch).length > 0 ? [[name, branch]] : [];
		})
	);
}

/** Takes strings that English has dropped out of a translation; their review entries go with the next `--update-hashes`. */
export function prune(english: Locale, locale: Locale): number {
	const gone = new Set(unknownKeys(english, locale));
	for (const name of locale.files) {
		const path = join(LOCALES, locale.code, name);
		const tree = without(
			JSON.parse(readFileSync(path, 'utf8')) as Tree,
			gone,
			`${name.slice(0, -'.json'.length)}:`
		);
		writeFileSync(path, `${JSON.stringify(tree, null, '\t')}\n`);
	}
	return gone.size;
}
