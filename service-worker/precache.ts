/** What Kit says it built: paths from the root. `build` is hashed, `files` is `static/`, `prerendered` are pages. */
export type Built = {
	build: readonly string[];
	files: readonly string[];
	prerendered: readonly string[];
	version: string;
};
/** `revision` null: the name carries a hash and the content can never change. */
export type Precached = { url: string; revision: string | null };

/** The one page that opens every `/app/…` address; it holds nothing about anybody. */
export const SHELL = '/app';
const IMMUTABLE = '/_app/immutable/';

/** Words of a language, or letters of a script: fetched and kept when somebody chooses that language. */
export function isLanguageFile(path: string): boolean {
	if (!path.startsWith(IMMUTABLE)) return false;
	const language = /\/immutable\/words\/([^/]+)\//.exec(path)?.[1];
	if (language) return language !== 'en';
	return /\.woff2?$/.test(path) && !isShellFont(path);
}

/** Figtree's Latin letters, the two weights that the design uses. Its extended Latin belongs to Polish and others. */
const isShellFont = (path: string) => /\/figtree-latin-[47]00-normal\.[^/]*woff2$/.test(path);

/** From `static/`: what the shell asks for. Not robots.txt, not pictures for people who read about us. */
const isShellFile = (path: string) =>
	/^\/(icons\/.+|favicon\.\w+|[\w-]+\.webmanifest|[\w-]+\.js)$/.test(path);

/**
 * Everything that must be on the phone for the app to open without a connection, and nothing more: no staff pages, no other
 * language, no letters of another script (blueprint §7). Throws when the build has no shell: such a worker must not install.
 */
export function precacheList({ build, files, prerendered, version }: Built): Precached[] {
	if (!prerendered.includes(SHELL)) throw new Error(`The build has no prerendered ${SHELL}`);
	const staff = build
		.map((path) => /\/immutable\/staff\/nodes\/(\d+)\./.exec(path)?.[1])
		.filter((node) => node !== undefined);
	const isStaff = (path: string) =>
		path.startsWith(`${IMMUTABLE}staff/`) ||
		staff.some((node) => path.startsWith(`${IMMUTABLE}assets/${node}.`));
	const hashed = build.filter((path) => !isStaff(path) && !isLanguageFile(path));
	const named = [SHELL, ...files.filter(isShellFile)];
	return [
		...hashed.map((url) => ({ url, revision: null })),
		...named.map((url) => ({ url, revision: version }))
	];
}
