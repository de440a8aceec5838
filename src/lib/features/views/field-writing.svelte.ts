import { saveDraft, type DraftValue } from '../open-case/drafts.ts';
import { docOf, keepWriting, type Into } from './keep-writing.ts';
import type { WritingDoc } from './writing-doc.ts';

/** What a field shows: its answer as it stands now, and a way to show another. */
type Field = { answer: () => string; show: (answer: string) => void };

/**
 * One question's field and its own copy of the document: it changes by what is typed here, and by others only while nothing here is unkept.
 * `into` is kept for good: a field that goes away is asked for its last words when the page is at another child already.
 */
export class FieldWriting {
	/** Words from elsewhere came while the field stood open. */
	arrived = $state(false);
	readonly #into: Into;
	readonly #question: string;
	readonly #field: Field;
	readonly #doc: Promise<WritingDoc | null>;

	constructor(into: Into, question: string, { draft, ...field }: Field & { draft: DraftValue | undefined }) {
		this.#into = into;
		this.#question = question;
		this.#field = field;
		this.#doc = docOf(into.definition, draft).catch(() => null);
	}

	/** Resolves once the answer as it stands is kept; throws what the store throws. */
	async save(): Promise<void> {
		const now = this.#field.answer();
		const doc = await this.#doc;
		if (!doc) return this.#savePlainly(now);
		doc.type(this.#question, now);
		const all = await keepWriting(this.#into, { piece: doc.state(), typed: this.#question });
		if (this.#field.answer() === now) this.#takeIn(doc, all);
	}

	/** The draft is kept with other words in it. */
	async hear(all: string | undefined): Promise<void> {
		const doc = await this.#doc;
		if (doc && all && doc.text(this.#question) === this.#field.answer()) this.#takeIn(doc, all);
	}

	/** Left out on purpose. Only a note to oneself: going on matters more than keeping it. */
	async skip(): Promise<void> {
		await keepWriting(this.#into, {
			change: (doc, v) => (doc.skip(this.#question, true), v)
		}).catch(() => undefined);
	}

	#takeIn(doc: WritingDoc, all: string): void {
		doc.merge(all);
		const now = doc.text(this.#question);
		if (now === this.#field.answer()) return;
		this.#field.show(now);
		this.arrived = true;
	}

	/** A part of the app could not be fetched: kept without it, and part of the document the next time. */
	#savePlainly(now: string): Promise<void> {
		const { open, child, definition } = this.#into;
		return saveDraft(open, child, {
			...{ form: definition.form, version: definition.version },
			change: (v) => ({ ...v, answers: { ...v.answers, [this.#question]: now } })
		});
	}
}
