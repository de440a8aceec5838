/**
 * Build-time: files that the worker must tell apart carry it in their name, because all it is given is a list of hashed names.
 * Words of one language go to `_app/immutable/words/<language>/`, what only council staff open to `_app/immutable/staff/`.
 */
const WORDS = /\/src\/lib\/i18n\/locales\/([^/]+)\//;
/** Routes at the top only: `/app/sign-in` is the family's. The words of staff pages are English, yet no phone needs them. */
const STAFF =
	/\/src\/(?:routes\/(?:\([^/]*\)\/)*(?:staff|sign-in)\/|lib\/features\/staff\/|lib\/i18n\/locales\/[^/]+\/staff\.json)/;

/** The folder for a chunk of these modules, or null for the ordinary one. */
export function chunkFolder(moduleIds: readonly string[]): string | null {
	const ids = moduleIds.map((id) => id.replaceAll('\\', '/'));
	if (ids.some((id) => STAFF.test(id))) return 'staff';
	const languages = new Set(ids.map((id) => WORDS.exec(id)?.[1]));
	const [language] = languages;
	return languages.size === 1 && language ? `words/${language}` : null;
}

/**
 * What is always fetched together is one file: on a slow phone each file costs some 20 ms of its own, and Home stood on 48 of
 * them (docs/decisions/0016). A group takes along what its modules import, the higher ones first. Nothing here is about what is
 * fetched, only about how it is cut: the byte gates of tests/e2e/040 still hold for each screen and for the lock.
 */
const TOGETHER = [
	{
		name: 'shell',
		of: /\/src\/routes\/(app\/)?\+layout\.(svelte|ts)$|\/kit\/src\/runtime\/client\/(client|entry)\.js$/
	},
	{ name: 'look', of: /\/features\/open-case\/first-sight\.ts$/ },
	{ name: 'frame', of: /\/features\/open-case\/FamilyTop\.svelte$|\/ui\/frame\/Frame\.svelte$/ },
	{ name: 'home', of: /\/features\/home\/Home\.svelte$/ },
	{
		name: 'rules',
		of: /\/features\/open-case\/projection\.ts$|\/features\/home\/HomeBody\.svelte$|\/i18n\/locales\/en\/cards\.json$/
	}
];
const codeSplitting = {
	groups: TOGETHER.map(({ name, of }, at) => ({ name, test: of, priority: TOGETHER.length - at }))
};

type Chunk = { moduleIds: string[] };
type Names = string | ((chunk: never) => string) | undefined;
type Output = { chunkFileNames?: Names; entryFileNames?: Names };

/** A Vite plugin, to stand after Kit's. Only the browser's build has names under `/immutable/`; the server's is left alone. */
export function chunkNames() {
	return {
		name: 'alongside:chunk-names',
		outputOptions(output: Output) {
			const { chunkFileNames, entryFileNames } = output;
			if (typeof chunkFileNames !== 'string' || !chunkFileNames.includes('/immutable/chunks/')) return null;
			const named = (pattern: string) => (chunk: Chunk) => {
				const folder = chunkFolder(chunk.moduleIds);
				return folder ? pattern.replace(/\/immutable\/(chunks\/)?/, `/immutable/${folder}/`) : pattern;
			};
			return {
				...output,
				codeSplitting,
				chunkFileNames: named(chunkFileNames),
				...(typeof entryFileNames === 'string' ? { entryFileNames: named(entryFileNames) } : {})
			};
		}
	};
}
