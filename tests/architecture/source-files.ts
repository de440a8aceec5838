import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

/** Every file of the project that git tracks or would track, with its text. */
export type SourceFile = { path: string; text: string };

const listed = execFileSync('git', ['ls-files', '-co', '--exclude-standard'], { encoding: 'utf8' }).split(
	'\n'
);

export function sourceFiles(under: RegExp): SourceFile[] {
	return listed
		.filter((path) => under.test(path))
		.flatMap((path) => {
			try {
				return [{ path, text: readFileSync(path, 'utf8') }];
			} catch {
				return []; // deleted in the working tree and not yet in git
			}
		});
}

const IMPORT =
	/(?:^|[\s;}>])(?:import|export)\s*(type\s)?[^'";]*?from\s*['"]([^'"]+)['"]|import\s*['"]([^'"]+)['"]|import\(\s*['"]([^'"]+)['"]\s*\)/g;

/** What a file imports: the specifier, and whether only types come through. */
export function importsOf(text: string): { from: string; typeOnly: boolean }[] {
	const code = text.replace(/\/\*[\s\S]*?\*\//g, '').replace(/^\s*\/\/.*$/gm, '');
	return [...code.matchAll(IMPORT)].map((hit) => ({
		from: (hit[2] ?? hit[3] ?? hit[4])!,
		typeOnly: Boolean(hit[1])
	}));
}
