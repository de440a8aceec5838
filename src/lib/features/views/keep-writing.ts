import type { FormDefinition } from '#contract/forms.ts';
import type { Child } from '../open-case/children.ts';
import { saveDraft, type DraftValue } from '../open-case/drafts.ts';
import type { OpenCase } from '../open-case/open-case.svelte.ts';
import type { WritingDoc } from './writing-doc.ts';

/**
 * `piece`: the document of a field, `typed`: its question. `heard`: the document as the server has it. `change`: anything that is no words
 * (base64 both, of writing-doc.ts).
 */
export type Piece = {
	piece?: string;
	typed?: string;
	heard?: string;
	change?: (doc: WritingDoc, v: DraftValue) => DraftValue;
};

export type Into = { open: OpenCase; child: Child; definition: FormDefinition };

const load = () => import('./writing-doc.ts');
export const docOf = async (definition: FormDefinition, v: DraftValue | undefined): Promise<WritingDoc> =>
	(await load()).writingDoc(definition.questions, written(v));

/**
 * Joins a piece to the draft on this phone; resolves with the whole document once it is kept. One after the other: two that read the same draft
 * would each write the other's words away. Throws what the store throws.
 */
let turn: Promise<unknown> = Promise.resolve();
export function keepWriting(into: Into, what: Piece): Promise<string> {
	const mine = turn.then(() => keep(into, what));
	turn = mine.catch(() => undefined);
	return mine;
}

async function keep(
	{ open, child, definition }: Into,
	{ piece, typed, heard, change }: Piece
): Promise<string> {
	const { writingDoc } = await load();
	const { form, version } = definition;
	let state = '';
	await saveDraft(open, child, {
		...{ form, version },
		change(v) {
			const doc = writingDoc(definition.questions, written(v));
			if (piece) doc.merge(piece);
			// Words take a question out of those that were skipped.
			if (typed && doc.text(typed).trim() !== '') doc.skip(typed, false);
			const elsewhere = heard ? doc.merge(heard) : [];
			const mine = new Set(v.mine ?? []);
			const met = elsewhere.filter((id) => mine.has(id));
			for (const id of met) mine.delete(id);
			if (typed) mine.add(typed);
			const next = change?.(doc, v) ?? v;
			state = doc.state();
			return {
				...next,
				...{ version: Math.max(v.version, version), doc: state },
				...{ answers: doc.answers(), skipped: doc.skipped() },
				...{ mine: [...mine], both: [...new Set([...(next.both ?? []), ...met])] }
			};
		}
	});
	return state;
}

const written = (v: DraftValue | undefined) => ({
	...(v?.doc !== undefined && { doc: v.doc }),
	...{ answers: v?.answers ?? {}, skipped: v?.skipped ?? [] }
});
