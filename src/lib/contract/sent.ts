import { orderedJson } from './ordered-json.ts';
import { list, number, object, oneOf, record, text } from './shape.ts';

/**
 * What one person sent to the council and what came back, in `case:{id}:sent:{account}`: read by that person and by their council's
 * staff, by nobody else of the family. Nothing gets here but by Send (blueprint §2.9), and nothing here is ever changed.
 */

/** A file that was named by the words it came with (`fileRef` of blobs.ts, which has the reasons). */
export const sentFileShape = object(
	{ id: text, key: text, type: text, bytes: number, sha256: text },
	{ question: text, seconds: number }
);
const files = list(sentFileShape);

/**
 * t = 'message'. `at`: the server's time. `lang`: the language it was written in; `interpreter`: the one the person speaks. `about`: the
 * rule or the event it was written from. `receipt`, `sha256`: of a family's message. `name`: who answered, as the council wrote it.
 */
export const messageShape = object(
	{ by: oneOf(['family', 'council']), text, at: text },
	{ about: text, lang: text, interpreter: text, receipt: text, sha256: text, name: text, files }
);

/** t = 'submission': a form as it was sent. `answers` by question id; `replaces`: the submission it brings up to date. */
export const submissionShape = object(
	{ form: text, version: number, answers: record(text), at: text, receipt: text, sha256: text },
	{ lang: text, interpreter: text, replaces: text, files }
);

/** What the server adds to the words of a family. */
const ADDED = new Set(['by', 'at', 'receipt', 'sha256', 'name']);
/**
 * The text that a receipt's `sha256` is of: what was sent, with its id, as JSON with its keys in order. Arguments of a send and the row they
 * became give the same one, so that the family, the officer and a tribunal can each make the sum again.
 */
export const sentText = (id: string, v: object): string =>
	orderedJson({ ...Object.fromEntries(Object.entries(v).filter(([field]) => !ADDED.has(field))), id });
