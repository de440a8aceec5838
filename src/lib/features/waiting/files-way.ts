import type { FileRef } from '#contract/blobs.ts';
import { FILE_DAMAGED, type Upload } from '#store/files.ts';
import type { OutboxItem } from '#store/outbox.ts';

/** after: the words go first; going: some of it, or nobody has said that all of it is kept; there: the server keeps what could be kept. */
export type FilesWay = {
	files: readonly FileRef[];
	state: 'after' | 'going' | 'there';
	/** Of the bytes, whole; never 100 before it is kept. */
	percent: number;
	refused: { file: FileRef; code: string | undefined }[];
};

/** Where the files of an item are; undefined where none went with it. Pure. */
export function filesWay(
	item: Pick<OutboxItem, 'mid' | 'state' | 'args'>,
	uploads: readonly Upload[]
): FilesWay | undefined {
	const named = ((item.args as { files?: FileRef[] } | null)?.files ?? []) as FileRef[];
	if (named.length === 0) return undefined;
	const mine = new Map(uploads.filter(({ mid }) => mid === item.mid).map((one) => [one.id, one]));
	const refused = named
		.filter(({ id }) => mine.get(id)?.state === 'refused')
		.map((file) => ({ file, code: mine.get(file.id)?.code }));
	const files = named.filter(({ id }) => mine.get(id)?.state !== 'refused');
	const isKept = ({ id }: FileRef) => ['done', 'kept'].includes(mine.get(id)?.state ?? '');
	if (item.state !== 'received') return { files, state: 'after', percent: 0, refused };
	if (files.every(isKept)) return { files, state: 'there', percent: 100, refused };
	const all = files.reduce((sum, { bytes }) => sum + bytes, 0);
	const gone = files.reduce((sum, file) => {
		const have = mine.get(file.id)?.have ?? '0';
		return sum + (file.bytes * (have.length - have.replaceAll('1', '').length)) / have.length;
	}, 0);
	return { files, state: 'going', percent: Math.min(99, Math.floor((100 * gone) / all)), refused };
}

/** Why the server could not keep a file, as words of the namespace `files`. */
const REASONS = {
	[FILE_DAMAGED]: 'files:way.whyHere',
	not_opened: 'files:way.whyOpen',
	wrong_hash: 'files:way.whyOpen',
	wrong_type: 'files:way.whyType',
	scan: 'files:way.whyScan'
} as const;
export const whyRefused = (code: string | undefined) =>
	Object.hasOwn(REASONS, code ?? '') ? REASONS[code as keyof typeof REASONS] : 'files:way.whyOpen';
