import * as z from 'zod/mini';
import { DRAFT_UPDATE_BYTES } from '../draft-roots.ts';

/**
 * `draft.write`: a piece of a form that is still being written, on its way to the writer's other phone (scope `own`) or to the people they
 * write it with (scope `fam`). Nothing here is sent to the council: staff read neither scope.
 *
 * `update`: a Yjs update, base64; pieces may come in any order and more than once. The words to each question are a root text `q:{question}`, and
 * the rest is keys of two root maps: a text made inside another would lose the words of one of two phones that both made it.
 */
export const draftWrite = z.object({
	form: z.string().check(z.regex(/^[a-z-]{1,40}$/)),
	version: z.number().check(z.int(), z.positive()),
	update: z.string().check(z.regex(/^[A-Za-z\d+/]+={0,2}$/), z.maxLength((DRAFT_UPDATE_BYTES * 4) / 3))
});
export type DraftWrite = z.infer<typeof draftWrite>;
