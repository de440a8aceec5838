import type * as Yjs from 'yjs';

/** `texts`, `maps`: the names of the roots that the form has. `most`: bytes that are kept. base64 throughout. */
export type Piece = {
	state: string | null;
	update: string;
	texts: readonly string[];
	maps: readonly string[];
	most: number;
};
export type Merged = {
	state: string;
	texts: Record<string, string>;
	maps: Record<string, Record<string, unknown>>;
	news: boolean;
};

/**
 * A piece of a draft joined to what is there. Null: no update, of other roots than the form has, or more than is kept. Runs in a thread of its
 * own as text (`merge-apart.ts`), so it uses nothing but its two arguments.
 */
export function mergeDraft(Y: typeof Yjs, { state, update, texts, maps, most }: Piece): Merged | null {
	const doc = new Y.Doc();
	try {
		if (state !== null) Y.applyUpdate(doc, Buffer.from(state, 'base64'));
		const before = state === null ? null : Buffer.from(Y.encodeStateAsUpdate(doc)).toString('base64');
		Y.applyUpdate(doc, Buffer.from(update, 'base64'));
		const known = new Set([...texts, ...maps]);
		if ([...doc.share.keys()].some((root) => !known.has(root))) return null;
		const after = Buffer.from(Y.encodeStateAsUpdate(doc));
		if (after.byteLength > most) return null;
		return {
			state: after.toString('base64'),
			// As `open-mutation.ts` has it: the database keeps no zero and no half of a character, and one refused row would hold up a queue.
			texts: Object.fromEntries(
				texts.map((root) => [root, doc.getText(root).toString().toWellFormed().replaceAll('\0', '')])
			),
			maps: Object.fromEntries(maps.map((root) => [root, doc.getMap(root).toJSON()])),
			news: after.toString('base64') !== before
		};
	} catch {
		return null;
	} finally {
		doc.destroy();
	}
}
