import { describe, expect, it } from 'vitest';
import { FORMS, newestForm } from '#contract/forms.ts';
import { viewsSend } from '#contract/sync/sending.ts';
import type { DraftValue } from '#features/open-case/drafts.ts';
import { PICTURE_FOR } from '#features/views/choice-pictures.ts';
import { paperText } from '#features/views/paper.ts';
import {
	answersOf,
	formsOffered,
	questionStateOf,
	sentViews,
	standingOf,
	type SentViews
} from '#features/views/views-state.ts';
import en from '#i18n/locales/en/views.json' with { type: 'json' };

const form = newestForm('annual-review')!;
const draft = (answers: Record<string, string>, skipped: string[] = []): DraftValue => ({
	...{ form: form.form, version: 1, case: 'c', answers, skipped }
});
const sent = (answers: Record<string, string>, more: Partial<SentViews> = {}): SentViews => ({
	...{ id: 's', form: form.form, version: 1, answers, at: '2026-11-25T10:00:00Z', state: 'received' },
	...more
});
const all = Object.fromEntries(form.questions.map(({ id }) => [id, 'x']));

describe('where a form stands', () => {
	it.each([
		[undefined, undefined, 'not-started'],
		[draft({ about: '  ' }), undefined, 'not-started'],
		[draft({}, ['about']), undefined, 'started'],
		[draft({ about: 'x' }), undefined, 'started'],
		[
			draft(
				{ about: 'x' },
				form.questions.slice(1).map(({ id }) => id)
			),
			undefined,
			'ready'
		],
		[draft(all), undefined, 'ready'],
		[draft({ about: 'x' }), sent({ about: 'x' }), 'sent'],
		[draft({ about: ' x ' }), sent({ about: 'x' }, { state: 'waiting' }), 'waiting'],
		[draft({ about: 'y' }), sent({ about: 'x' }), 'ready'],
		[draft({ about: 'x' }), sent({ about: 'x' }, { state: 'refused' }), 'started'],
		// Sent from another phone: this one holds no draft.
		[undefined, sent({ about: 'x' }), 'sent']
	] as const)('%#', (words, last, state) => expect(standingOf(form, words, last).state).toBe(state));

	it('says that it changed since, how much there is, and where to go on', () => {
		const standing = standingOf(form, draft({ about: 'y', hard: 'z' }, ['going-well']), sent({ about: 'x' }));
		expect(standing).toMatchObject({ changed: true, answered: 2, next: 'health' });
		expect(standing.left).toHaveLength(6);
	});

	it('calls an answer sent only while it is the one that went', () => {
		const words = draft({ about: 'x', hard: 'new' }, ['future']);
		const state = (id: string) => questionStateOf(id, words, sent({ about: 'x', hard: 'old' }));
		expect(['about', 'hard', 'future', 'other'].map(state)).toEqual(['sent', 'ready', 'skipped', 'none']);
		expect(questionStateOf('about', words, sent({ about: 'x' }, { state: 'refused' }))).toBe('ready');
	});

	it('leaves out what is only spaces', () =>
		expect(answersOf(draft({ about: ' a ', hard: '\n' }))).toEqual({ about: 'a' }));
});

describe('what was sent', () => {
	const item = (id: string, state: 'waiting' | 'received') => ({
		...{ mid: id, seq: 1, scope: 'case:c:sent:u', name: 'views.send', at: '2026-11-25T09:00:00Z', state },
		...{ offered: false, unsealed: false },
		args: { id, form: form.form, version: 1, answers: { about: 'x' } },
		...(state === 'received' && { receipt: { no: 'R', at: '2026-11-25T12:00:00Z', sha256: 'f' } })
	});
	it('is there at once, and once', () => {
		const row = {
			...{ id: 'a', scope: 'case:c:sent:u', ver: 1, local: false },
			v: {
				...{ form: form.form, version: 1, answers: { about: 'x' } },
				...{ at: '2026-11-25T12:00:00Z', receipt: 'R', sha256: 'f' }
			}
		};
		const list = sentViews([row], [item('a', 'received'), item('b', 'waiting')]);
		expect(list.map(({ id, state, receipt }) => [id, state, receipt?.no])).toEqual([
			// Whatever the clock of this phone says, what is on its way is newer than what is there.
			['b', 'waiting', undefined],
			['a', 'received', 'R']
		]);
	});
});

describe('forms', () => {
	type Told = [type: string, on: string];
	const track = (kind: string, facts: Told[] = [], endedOn?: string) => ({
		...{ kind, ...(endedOn && { endedOn }) },
		steps: [{ events: facts.map(([type, on]) => ({ type, on })) }]
	});
	const offered = (tracks: object[], begun: string[] = [], today?: string) =>
		formsOffered({ tracks, ...(today && { today }) } as never, new Set(begun));

	it('are offered by where the case is, and once begun for good', () => {
		expect(offered([track('assessment')])).toEqual(['assessment', 'child-voice']);
		expect(offered([track('review'), track('complaint')])).toEqual(['annual-review', 'child-voice']);
		expect(offered([track('assessment')], ['annual-review'])).toEqual([
			...['annual-review', 'assessment', 'child-voice']
		]);
		expect(formsOffered(undefined, new Set())).toEqual(['annual-review', 'assessment', 'child-voice']);
		expect(offered([track('review', [], '2026-01-01')])).toHaveLength(3);
		expect(offered([track('complaint')], ['child-voice'])).toEqual(['child-voice']);
	});

	it('the answer to a draft stands first, from the draft until the final plan', () => {
		const drafted: Told[] = [['draft.served', '2026-03-04']];
		const final: Told = ['plan.finalised', '2026-05-25'];
		expect(offered([track('assessment', drafted)])[0]).toBe('draft-answer');
		expect(offered([track('assessment', [...drafted, final])])).not.toContain('draft-answer');
		expect(offered([track('assessment', drafted, '2026-04-01')])).not.toContain('draft-answer');
		const changed: Told[] = [['review.amendment-notice', '2026-06-01']];
		expect(offered([track('review', [final, ...changed])])[0]).toBe('draft-answer');
	});

	it('what was said in a meeting is asked for after it, and for twelve weeks once all is decided', () => {
		const met: Told[] = [['review.meeting-held', '2026-03-02']];
		expect(offered([track('review', [['review.meeting-set', '2026-03-02']])])).not.toContain('after-review');
		expect(offered([track('review', met)])).toContain('after-review');
		const over = [track('review', met, '2026-03-20')];
		expect(offered(over, [], '2026-05-25')).toContain('after-review');
		expect(offered(over, [], '2026-05-26')).not.toContain('after-review');
	});

	it('a copy of the profile that came back can be seen, and nothing else offers it', () => {
		expect(offered([track('assessment'), track('review')])).not.toContain('profile');
		expect(offered([track('assessment')], ['profile'])).toContain('profile');
	});

	it('have words for every question, and their ids go through the wire', () => {
		for (const { form: name, questions } of FORMS) {
			const words = (en.form as Record<string, Record<string, unknown>>)[name]!;
			expect(typeof words['title']).toBe('string');
			for (const { id, choices } of questions)
				expect(words[id]).toEqual({
					...{ ask: expect.any(String), hint: expect.any(String) },
					...(choices && {
						choice: Object.fromEntries(choices.map((choice) => [choice, expect.any(String)]))
					})
				});
			expect(questions.flatMap(({ choices = [] }) => choices).filter((id) => !PICTURE_FOR[id])).toEqual([]);
			const answers = Object.fromEntries(questions.map(({ id }) => [id, 'x']));
			const args = { id: crypto.randomUUID(), form: name, version: 1, answers };
			expect(viewsSend.safeParse(args).success).toBe(true);
		}
	});
});

it('paper holds every question, the words as they are, and what was left out', () => {
	const text = paperText({
		title: 'My views',
		about: ['Robin'],
		parts: [{ ask: 'A?', words: 'one\ntwo' }, { ask: 'B?' }],
		none: 'Nothing.'
	});
	expect(text).toBe('My views\nRobin\n\n1. A?\n\none\ntwo\n\n2. B?\n\nNothing.\n');
});
