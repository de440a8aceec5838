import * as z from 'zod/mini';
import { FILES_EACH, fileRef } from '../blobs.ts';

/** What a family may send to the council: the arguments of the mutations whose scope is `case:{id}:sent:{account}`. */

/** A message is a letter, not a file. */
export const MESSAGE_LENGTH = 10_000;
/** An answer is some pages; eight of them, at three bytes a letter, stay below the 256 KiB of an envelope. */
export const ANSWER_LENGTH = 10_000;

const plain = (most: number) => z.string().check(z.minLength(1), z.maxLength(most));
/** A language tag, as chosen in Settings. */
const lang = z.optional(z.string().check(z.regex(/^[a-zA-Z-]{2,20}$/)));

/** They come after the words, which say how to open them. */
const files = z.optional(z.array(fileRef).check(z.minLength(1), z.maxLength(FILES_EACH)));

/** `message.send`. `about`: the rule id or event id it was written from. */
export const messageSend = z.object({
	id: z.uuid(),
	text: plain(MESSAGE_LENGTH),
	about: z.optional(z.string().check(z.maxLength(60))),
	files,
	lang,
	interpreter: lang
});
export type MessageSend = z.infer<typeof messageSend>;

/** `views.send`. `form` and `version` name a definition of `contract/forms.ts`; questions that were left out are not in `answers`. */
export const viewsSend = z.object({
	id: z.uuid(),
	form: z.string().check(z.regex(/^[a-z-]{1,40}$/)),
	version: z.number().check(z.int(), z.positive()),
	answers: z.record(z.string().check(z.regex(/^[a-z-]{1,40}$/)), plain(ANSWER_LENGTH)),
	replaces: z.optional(z.uuid()),
	files,
	lang,
	interpreter: lang
});
export type ViewsSend = z.infer<typeof viewsSend>;

/** What the server gives for something sent: shown, kept, printed. `at`: the server's time. `sha256`: of `sentText`. */
export const receipt = z.looseObject({ no: z.string(), at: z.string(), sha256: z.string() });
export type Receipt = z.infer<typeof receipt>;
