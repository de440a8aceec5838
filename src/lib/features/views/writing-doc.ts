import * as Y from 'yjs';
import { readChosen, type FormQuestion } from '#contract/forms.ts';
import { chosenIn, CHOSEN_ROOT, questionRoot, SKIPPED_ROOT } from '#contract/draft-roots.ts';

/** The words of one form as a document that two phones may write apart. The only place of the app that knows Yjs; loaded once somebody writes. */
export type WritingDoc = {
	/** The answer to a question, '' without one. */
	text(question: string): string;
	/** The answer as it stands now; what changed is worked out here. */
	type(question: string, now: string): void;
	skip(question: string, left: boolean): void;
	/** Joins another state of the same form, base64. Returns the questions whose words changed by it. */
	merge(state: string): string[];
	answers(): Record<string, string>;
	skipped(): string[];
	/** All of it, base64. */
	state(): string;
	/** What `state` has not of this, base64; null: nothing. */
	missingFrom(state: string | undefined): string | null;
};
export type Written = { doc?: string; answers: Record<string, string>; skipped?: readonly string[] };

/**
 * Words that were kept beside the document (by an older app, by taking back what was sent, or while this file could not be fetched) become part
 * of it, by a writer that is made from both: made twice from the same it is the same document, and nothing stands there twice; made
 * from other words it is another writer, and both stand there. FNV-1a, 32 bits, as Yjs numbers its writers.
 */
function writerOf(said: string): number {
	let hash = 0x811c9dc5;
	for (let at = 0; at < said.length; at++) hash = Math.imul(hash ^ said.charCodeAt(at), 0x01000193);
	return hash >>> 0;
}

export function writingDoc(
	questions: readonly FormQuestion[],
	{ doc: kept, answers, skipped }: Written
): WritingDoc {
	const doc = new Y.Doc();
	const ids = questions.map(({ id }) => id);
	const words = (id: string) => doc.getText(questionRoot(id));
	const left = () => doc.getMap<true>(SKIPPED_ROOT);
	const chosen = () => doc.getMap<true | string>(CHOSEN_ROOT);

	function text(id: string): string {
		const question = questions.find((one) => one.id === id);
		return question ? chosenIn(question, chosen().toJSON(), words(id).toString()) : '';
	}
	function type(id: string, now: string): void {
		const question = questions.find((one) => one.id === id);
		if (!question || text(id) === now) return;
		if (question.kind !== 'choices') return typeInto(words(id), now);
		const answer = readChosen(now);
		typeInto(words(id), answer.words);
		if (question.most === 1) return set(chosen(), id, answer.ids[0]);
		for (const choice of question.choices ?? [])
			set(chosen(), `${id}:${choice}`, answer.ids.includes(choice) || undefined);
	}

	const own = doc.clientID;
	if (kept) Y.applyUpdate(doc, fromBase64(kept));
	doc.clientID = writerOf(JSON.stringify([kept, ids.map((id) => answers[id]), skipped]));
	for (const id of ids) type(id, answers[id] ?? '');
	for (const id of skipped ?? []) set(left(), id, true);
	doc.clientID = own;

	return {
		text,
		type,
		skip: (question, is) => set(left(), question, is || undefined),
		merge(state) {
			const before = ids.map(text);
			Y.applyUpdate(doc, fromBase64(state));
			return ids.filter((id, at) => text(id) !== before[at]);
		},
		answers: () =>
			Object.fromEntries(ids.map((id) => [id, text(id)] as const).filter(([, answer]) => answer !== '')),
		skipped: () => ids.filter((id) => left().has(id)),
		state: () => toBase64(Y.encodeStateAsUpdate(doc)),
		missingFrom(state) {
			const theirs = new Y.Doc();
			if (state) Y.applyUpdate(theirs, fromBase64(state));
			const had = Y.encodeStateAsUpdate(theirs);
			const missing = Y.encodeStateAsUpdate(doc, Y.encodeStateVector(theirs));
			Y.applyUpdate(theirs, missing);
			return isSame(had, Y.encodeStateAsUpdate(theirs)) ? null : toBase64(missing);
		}
	};
}

/** Written only where it changes something: each write is kept for ever. */
function set<T>(into: Y.Map<T>, key: string, value: T | undefined): void {
	if (into.get(key) === value) return;
	if (value === undefined) into.delete(key);
	else into.set(key, value);
}

/** What stands between the parts at both ends that did not change. Never through the middle of an emoji, half of which is nothing. */
function typeInto(into: Y.Text, now: string): void {
	const was = into.toString();
	if (was === now) return;
	const most = Math.min(was.length, now.length);
	let start = 0;
	while (start < most && was[start] === now[start]) start++;
	if (isHigh(was, start - 1)) start--;
	let end = 0;
	while (end < most - start && was[was.length - 1 - end] === now[now.length - 1 - end]) end++;
	if (isLow(was, was.length - end) || isLow(now, now.length - end)) end--;
	into.doc?.transact(() => {
		into.delete(start, was.length - start - end);
		into.insert(start, now.slice(start, now.length - end));
	});
}
const isHigh = (text: string, at: number) => /^[\ud800-\udbff]$/.test(text[at] ?? '');
const isLow = (text: string, at: number) => /^[\udc00-\udfff]$/.test(text[at] ?? '');

const isSame = (a: Uint8Array, b: Uint8Array) =>
	a.length === b.length && a.every((byte, at) => byte === b[at]);
const fromBase64 = (text: string) => Uint8Array.from(atob(text), (one) => one.charCodeAt(0));
function toBase64(bytes: Uint8Array): string {
	let text = '';
	for (const byte of bytes) text += String.fromCharCode(byte);
	return btoa(text);
}
