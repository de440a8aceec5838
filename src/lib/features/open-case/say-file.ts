import { formatNumber, joinWords } from '#i18n/format.ts';
import { t } from '#i18n/words.svelte.ts';
import { StorageFull, TooLong } from '#store/errors.ts';
import { kindOf, type FileKind } from './files.ts';

const KINDS: readonly FileKind[] = ['photo', 'voice', 'drawing'];

/** "1.2 MB", "340 kB". */
export function saySize(bytes: number): string {
	const mega = bytes / 1024 / 1024;
	if (mega >= 1) return t('files:size.mb', { size: formatNumber(Math.round(mega * 10) / 10) });
	return t('files:size.kb', { size: formatNumber(Math.max(1, Math.round(bytes / 1024))) });
}

/** "1:05": how long a voice is. Digits and a colon in every language. */
export const sayLength = (seconds: number): string =>
	`${Math.floor(seconds / 60)}:${String(Math.floor(seconds % 60)).padStart(2, '0')}`;

/** "2 photos and 1 voice". */
export function sayFiles(files: readonly { type: string }[]): string {
	const counts = KINDS.map((kind) => ({
		kind,
		count: files.filter((file) => kindOf(file.type) === kind).length
	}));
	return joinWords(
		counts.filter(({ count }) => count > 0).map(({ kind, count }) => t(`files:what.${kind}`, { count }))
	);
}

/** "Photo 2": by its place among those of its kind. */
export function nameFile(files: readonly { id: string; type: string }[], id: string): string {
	const kind = kindOf(files.find((file) => file.id === id)?.type ?? '');
	const n = files.filter((file) => kindOf(file.type) === kind).findIndex((file) => file.id === id) + 1;
	return t(`files:name.${kind}`, { n });
}

/** Why a file was not kept, in plain words. */
export function sayProblem(error: unknown): string {
	if (error instanceof StorageFull) return t('files:full');
	return t(error instanceof TooLong ? 'files:much' : 'files:notKept');
}
