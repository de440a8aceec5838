import type * as Yjs from 'yjs';

/** `roots`: the names of texts that the form has; `skipped`: the name of the map of what was left out on purpose. base64 throughout. */
export type Piece = {
	state: string | null;
	update: string;
	texts: readonly string[];
	skipped: string;
	most: number;
};
export type Merged = { state: string; texts: Record<string, string>; skipped: string[]; news: boolean };

/**
 * A piece of a draft joined to what is there. Null: no update, of other roots than the form has, or more than is kept. Runs in a thread of its
 * own as text (`merge-apart.ts`), so it uses nothing but its two arguments.
 */
export function mergeDraft(Y: typeof Yjs, { state, update, texts, skipped, most }: Piece): Merged | null {
	const doc = new Y.Doc();
	try {
		if (state !== null) Y.applyUpdate(doc, Buffer.from(state, 'base64'));
		const before = state === null ? null : Buffer.from(Y.encodeStateAsUpdate(doc)).toString('base64');
		Y.applyUpdate(doc, Buffer.from(update, 'base64'));
		const known = new Set([...texts, skipped]);
		if ([...doc.share.keys()].some((root) => !known.has(root))) return null;
		const after = Buffer.from(Y.encodeStateAsUpdate(doc));
		if (after.byteLength > most) return null;
		return {
			state: after.toString('base64'),
			texts: Object.fromEntries(texts.map((root) => [root, doc.getText(root).toString()])),
			skipped: [...doc.getMap(skipped).keys()].sort(),
			news: after.toString('base64') !== before
		};
	} catch {
		return null;
	} finally {
		doc.destroy();
	}
}
