import { checkCharacter, CODE_ALPHABET } from '#contract/access/code.ts';
import { fitsQuestion, formOf } from '#contract/forms.ts';
import { sentText } from '#contract/sent.ts';
import { messageSend, viewsSend, type ViewsSend } from '#contract/sync/sending.ts';
import { sha256 } from '../access/keyed-hash.ts';
import type { Outcome } from './handlers.ts';
import type { Mutation, RowStore } from './row-store.ts';

/** What a family sends to the council becomes a row that nothing changes any more, and a receipt. */

export async function sendMessage(store: RowStore, one: Mutation): Promise<Outcome> {
	const read = messageSend.safeParse(one.args);
	if (!read.success) return { reject: 'bad_args' };
	const { id, ...words } = read.data;
	return received(store, one, { t: 'message', id, words: { by: 'family', ...words } });
}

export async function sendViews(store: RowStore, one: Mutation): Promise<Outcome> {
	const read = viewsSend.safeParse(one.args);
	if (!read.success || !answersItsForm(read.data)) return { reject: 'bad_args' };
	const { id, ...words } = read.data;
	return received(store, one, { t: 'submission', id, words });
}

/** Any version that was ever published: a draft may have waited on an old phone. */
function answersItsForm({ form, version, answers }: ViewsSend): boolean {
	const asked = new Map(formOf(form, version)?.questions.map((question) => [question.id, question]));
	const answered = Object.entries(answers);
	return (
		answered.length > 0 &&
		answered.every(([id, answer]) => {
			const question = asked.get(id);
			return question !== undefined && fitsQuestion(question, answer);
		})
	);
}

type Sent = { t: 'message' | 'submission'; id: string; words: Record<string, unknown> };

async function received(store: RowStore, { mid, scope }: Mutation, { t, id, words }: Sent): Promise<Outcome> {
	if (await store.row(scope, t, id)) return { reject: 'already_sent' };
	const at = await store.now();
	const receipt = { no: receiptNumber(mid), at, sha256: sha256(sentText(id, words)) };
	const v = { ...words, at, receipt: receipt.no, sha256: receipt.sha256 };
	return { row: { t, id, v }, receipt };
}

/** Seven characters of a hash of the mutation's id and one that notices a slip when it is read out: `R-7K4M-R9TX`. */
export function receiptNumber(mid: string): string {
	const bytes = Buffer.from(sha256(mid), 'hex').subarray(0, 7);
	const seven = [...bytes].map((byte) => CODE_ALPHABET[byte & 31]).join('');
	const eight = seven + checkCharacter(seven);
	return `R-${eight.slice(0, 4)}-${eight.slice(4)}`;
}
