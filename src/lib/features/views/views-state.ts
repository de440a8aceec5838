import type { FormDefinition } from '#contract/forms.ts';
import type { Receipt } from '#contract/sync/sending.ts';
import type { Journey, Track } from '#domain/journey/journey.ts';
import { daysBetween, type CivilDate } from '#domain/time/civil-date.ts';
import type { OutboxItem } from '#store/outbox.ts';
import type { DraftValue } from '../open-case/drafts.ts';
import type { Known } from '../open-case/rows.ts';
import { sendStateOf, type SendState } from '../open-case/sending.ts';
import { viewsIn } from '../open-case/sent-args.ts';

/** A form as it was sent: from the outbox at once, from the council's row once that is here. */
export type SentViews = {
	id: string;
	form: string;
	version: number;
	answers: Record<string, string>;
	/** ISO instant: the phone's own while it waits, the council's from then on. */
	at: string;
	state: SendState;
	lang?: string;
	replaces?: string;
	receipt?: Receipt;
	item?: OutboxItem;
};

const ofItem = (item: OutboxItem): SentViews[] => {
	const args = viewsIn(item);
	if (!args) return [];
	const { id, form, version, answers, lang, replaces } = args;
	return [
		{
			...{ id, form, version, answers, item },
			at: item.receipt?.at ?? item.at,
			state: sendStateOf(item),
			...(lang !== undefined && { lang }),
			...(replaces !== undefined && { replaces }),
			...(item.receipt && { receipt: item.receipt })
		}
	];
};
const ofRow = ({ id, v }: Known<'submission'>): SentViews => ({
	...{ id, form: v.form, version: v.version, answers: v.answers, at: v.at },
	state: 'received',
	receipt: { no: v.receipt, at: v.at, sha256: v.sha256 },
	...(v.lang !== undefined && { lang: v.lang }),
	...(v.replaces !== undefined && { replaces: v.replaces })
});

/** Everything of one child, newest first; the council's row is the truth about what both know. */
export function sentViews(rows: readonly Known<'submission'>[], items: readonly OutboxItem[]): SentViews[] {
	const here = rows.map(ofRow);
	const known = new Set(here.map((one) => one.id));
	const onTheWay = items.flatMap(ofItem).filter((one) => !known.has(one.id));
	// What is on its way is newer than what is there, whatever this phone's clock says; among itself the phone's own order counts.
	const bySeq = (a: SentViews, b: SentViews) => (b.item?.seq ?? 0) - (a.item?.seq ?? 0);
	const byTime = (a: SentViews, b: SentViews) => (a.at < b.at ? 1 : a.at > b.at ? -1 : a.id < b.id ? -1 : 1);
	return [...onTheWay.sort(bySeq), ...here.sort(byTime)];
}

/** Words only: a space is no answer. */
export const answersOf = (draft: DraftValue | undefined): Record<string, string> =>
	Object.fromEntries(
		Object.entries(draft?.answers ?? {})
			.map(([question, text]) => [question, text.trim()] as const)
			.filter(([, text]) => text !== '')
	);

export type QuestionState = 'none' | 'skipped' | 'ready' | 'sent';
export function questionStateOf(
	question: string,
	draft: DraftValue | undefined,
	last: SentViews | undefined
): QuestionState {
	const words = answersOf(draft)[question];
	if (words === undefined) return draft?.skipped?.includes(question) ? 'skipped' : 'none';
	return last && last.state !== 'refused' && last.answers[question] === words ? 'sent' : 'ready';
}

export type FormState = 'not-started' | 'started' | 'ready' | 'waiting' | 'sent';
/** What the list says of a whole form. `changed`: it was sent, and the words have changed since. */
export type FormStanding = {
	state: FormState;
	changed: boolean;
	answered: number;
	left: string[];
	/** Where to go on: the first question with neither words nor a skip. */
	next?: string;
};

const sameWords = (a: Record<string, string>, b: Record<string, string>): boolean =>
	Object.keys(a).length === Object.keys(b).length && Object.keys(a).every((key) => a[key] === b[key]);

export function standingOf(
	form: FormDefinition,
	draft: DraftValue | undefined,
	last: SentViews | undefined
): FormStanding {
	const answers = answersOf(draft);
	const left = form.questions.map(({ id }) => id).filter((id) => answers[id] === undefined);
	const open = left.filter((id) => !draft?.skipped?.includes(id));
	const answered = form.questions.length - left.length;
	const went = last !== undefined && last.state !== 'refused';
	const same = went && (answered === 0 || sameWords(answers, last.answers));
	const base = { answered, left, changed: went && !same, ...(open[0] !== undefined && { next: open[0] }) };
	if (same) return { ...base, state: last.state === 'waiting' ? 'waiting' : 'sent' };
	if (answered === 0) return { ...base, state: draft?.skipped?.length ? 'started' : 'not-started' };
	return { ...base, state: open.length === 0 || went ? 'ready' : 'started' };
}

/** Twelve weeks after a review meeting the council's last step is due (AR-12W-OUTER): until then what was said there is fresh. */
const FRESH_DAYS = 84;
type Seen = Pick<Journey, 'tracks'> & Partial<Pick<Journey, 'today'>>;

const lastOf = (track: Track, ...types: readonly string[]): string =>
	track.steps
		.flatMap((step) => step.events)
		.filter((event) => types.includes(event.type))
		.reduce((last, { on }) => (on > last ? on : last), '');

/** A draft, or changes to a plan, that no final plan has followed. */
const draftStands = (track: Track): boolean =>
	!track.endedOn &&
	lastOf(track, 'draft.served', 'review.amendment-notice') > lastOf(track, 'plan.finalised');

const wasMet = (track: Track, today: CivilDate | undefined): boolean => {
	const met = lastOf(track, 'review.meeting-held');
	return met !== '' && (!track.endedOn || (today !== undefined && daysBetween(met, today) <= FRESH_DAYS));
};

/**
 * Which forms are offered: by where the case is, and any that somebody has begun or sent. Nothing known of the case: those that fit
 * a case at its beginning. The one to answer by a day comes first.
 */
export function formsOffered(journey: Seen | undefined, begun: ReadonlySet<string>): string[] {
	const tracks = journey?.tracks ?? [];
	const running = (kinds: readonly string[]) =>
		tracks.some((track) => !track.endedOn && kinds.includes(track.kind));
	const review = running(['review', 'transfer']);
	const assessment = running(['assessment', 'reassessment']);
	const fits = {
		'draft-answer': tracks.some(draftStands),
		'after-review': tracks.some((track) => wasMet(track, journey?.today)),
		'annual-review': review,
		assessment,
		'child-voice': review || assessment,
		// Only a copy that was taken back on its way: it is written on its own page.
		profile: false
	};
	const all = Object.entries(fits)
		.filter(([form, fit]) => fit || begun.has(form))
		.map(([form]) => form);
	return all.length > 0 ? all : ['annual-review', 'assessment', 'child-voice'];
}
