import { describe, expect, it } from 'vitest';
import { messageSend } from '#contract/sync/sending.ts';
import { languageName } from '#server/letters/language-name.ts';
import type { OutboxItem } from '#store/outbox.ts';
import { draftIn, type Draft } from '#features/open-case/drafts.ts';
import { itemsOf, messageIn, viewsIn } from '#features/open-case/sent-args.ts';
import { INTERPRETERS } from '#features/open-case/reading-asked.ts';
import { countsOf, sendStateOf, whyWaits } from '#features/open-case/sending.ts';
import { threadOf } from '#features/messages/thread.ts';
import { fittingStarts, withStart } from '#features/messages/starts.ts';
import { withAnswers, withMessage } from '#features/waiting/give-back.ts';
import { itemText } from '#features/waiting/item-text.ts';
import { gistOf } from '#features/waiting/item-words.ts';
import type { Known } from '#features/open-case/rows.ts';

const CASE = '11111111-1111-4111-8111-111111111111';
const SCOPE = `case:${CASE}:sent:22222222-2222-4222-8222-222222222222`;
let seq = 0;
const item = (more: Partial<OutboxItem>): OutboxItem => ({
	mid: `m${++seq}`,
	seq,
	scope: SCOPE,
	name: 'message.send',
	args: { id: `a${seq}`, text: 'Hello' },
	at: '2026-11-25T09:00:00Z',
	state: 'waiting',
	offered: false,
	unsealed: false,
	...more
});
const receipt = { no: 'MS-1', at: '2026-11-25T10:00:00Z', sha256: 'f' };
const row = (id: string, v: Partial<Known<'message'>['v']>): Known<'message'> => ({
	...{ id, scope: SCOPE, ver: 1, local: false },
	v: { by: 'family', text: id, at: '2026-11-20T09:00:00Z', ...v }
});

describe('where something is', () => {
	it('is received only once the server has said so', () => {
		expect(sendStateOf(item({ offered: true }))).toBe('waiting');
		expect(sendStateOf(item({ state: 'received', receipt }))).toBe('received');
		expect(sendStateOf(item({ state: 'tray', code: 'bad_args' }))).toBe('refused');
	});

	it.each([
		['idle', 'online', false, 'next'],
		['idle', 'offline', false, 'offline'],
		['waiting', 'online', false, 'next'],
		['idle', 'offline', true, 'offline'],
		['idle', 'online', true, 'asking'],
		['needs-sign-in', 'online', true, 'signIn'],
		['needs-sign-in', 'offline', false, 'signIn'],
		['update-needed', 'online', false, 'update']
	] as const)('phase %s, net %s, offered %s: %s', (phase, net, offered, why) =>
		expect(whyWaits({ offered }, { phase, net })).toBe(why)
	);

	it('counts what waits and what came back, and nothing that arrived', () => {
		const items = [item({}), item({ state: 'received' }), item({ state: 'tray' }), item({})];
		expect(countsOf(items)).toEqual({ waiting: 2, refused: 1 });
	});

	it('reads an item only as what it is', () => {
		expect(messageIn(item({}))).toMatchObject({ text: 'Hello' });
		expect(messageIn(item({ args: null }))).toBeNull();
		expect(messageIn(item({ name: 'views.send' }))).toBeNull();
		expect(viewsIn(item({ name: 'views.send', args: { id: 'v', answers: { about: 'x' } } }))).not.toBeNull();
		expect(itemsOf([item({}), item({ scope: 'case:other:sent:x' })], { councilCase: CASE })).toHaveLength(1);
		expect(itemsOf([item({})], {})).toEqual([]);
	});
});

describe('the thread', () => {
	it('stands in the order of the council’s clock, what waits last, and nothing twice', () => {
		const arrived = item({ args: { id: 'b', text: 'b' }, state: 'received', receipt });
		const waits = item({ args: { id: 'w', text: 'w' }, at: '2020-01-01T00:00:00Z' });
		const rows = [
			row('c', { by: 'council', at: '2026-11-21T09:00:00Z', name: 'Sam' }),
			row('a', {}),
			row('b', { at: '2026-11-25T10:00:00Z', receipt: 'MS-1', sha256: 'f' })
		];
		const thread = threadOf(rows, [arrived, waits]);
		expect(thread.map(({ id, state }) => [id, state])).toEqual([
			['a', 'answered'],
			['c', 'received'],
			['b', 'received'],
			['w', 'waiting']
		]);
		expect(thread[2]!.receipt?.no).toBe('MS-1');
		// Before the row has come, the receipt is enough.
		expect(threadOf([], [arrived])[0]).toMatchObject({ id: 'b', state: 'received', receipt });
	});
});

describe('starts', () => {
	const milestone = (rule: string, state: string, due = '2026-11-01') =>
		({ rule, state, due, key: rule, trigger: { type: 'note', on: due } }) as never;
	it('fit where the case is; the rule that was asked about comes first', () => {
		const advice = milestone('EHCNA-ADVICE-6W', 'late');
		const decision = milestone('EHCNA-16W-DECISION', 'late');
		const journey = {
			milestones: [advice, decision],
			late: [
				{ milestone: advice, days: 3, holder: 'adviser' as const },
				{ milestone: decision, days: 1, holder: 'council' as const }
			],
			tracks: []
		};
		expect(fittingStarts(journey).map((one) => one.id)).toEqual(['advice', 'late', 'next']);
		expect(fittingStarts(journey, 'EHCNA-16W-DECISION').map((one) => one.id)).toEqual([
			'rule',
			'advice',
			'next'
		]);
		expect(fittingStarts(undefined).map((one) => one.id)).toEqual(['next']);
		const done = { ...journey, late: [], milestones: [milestone('EHCNA-ADVICE-6W', 'done_on_time')] };
		expect(fittingStarts(done, 'NO-SUCH-RULE').map((one) => one.id)).toEqual(['next']);
	});

	it('never take a person’s own words away', () => {
		const starts = [{ text: 'When?' }, { text: 'Why?' }];
		expect(withStart(' ', 'When?', starts)).toBe('When?');
		expect(withStart('Why?', 'When?', starts)).toBe('When?');
		expect(withStart('Mine.', 'When?', starts)).toBe('Mine.\n\nWhen?');
		expect(withStart('Mine.\n\nWhen?', 'When?', starts)).toBe('Mine.\n\nWhen?');
	});
});

describe('taken back', () => {
	it('a message stands in the box again, below what is there by now', () => {
		expect(withMessage('', 'Old')).toBe('Old');
		expect(withMessage('Old', 'Old')).toBe('Old');
		expect(withMessage('New', 'Old')).toBe('New\n\nOld');
		expect(withMessage('New\n\nOld', 'Old')).toBe('New\n\nOld');
	});
	it('an answer written further stays as it is', () =>
		expect(withAnswers({ about: 'Old and more', hard: ' ' }, { about: 'Old', hard: 'Mondays' })).toEqual({
			about: 'Old and more',
			hard: 'Mondays'
		}));
	it('the words of an item are exactly its words', () => {
		const ask = (form: string, question: string) => `${form}/${question}`;
		expect(itemText(item({}), ask)).toBe('Hello');
		expect(
			itemText(item({ name: 'views.send', args: { id: 'v', form: 'f', answers: { a: '1', b: '2' } } }), ask)
		).toBe('f/a\n\n1\n\n\nf/b\n\n2');
		expect(itemText(item({ args: null }), ask)).toBeUndefined();
		expect(gistOf('a\n\n  b')).toBe('a b');
		expect([...gistOf('😀'.repeat(200))]).toHaveLength(91);
	});
});

describe('a draft', () => {
	const draft = (id: string, v: Partial<Draft['v']>): Draft => ({
		...{ id, scope: `case:${CASE}:own:x`, ver: 1, local: true },
		v: { form: 'message', version: 1, case: CASE, answers: {}, ...v }
	});
	it('is the child’s own, the one written in last where two were linked', () => {
		const rows = [
			draft('1', { case: 'typed', changedAt: '2026-11-25T09:00:00Z' }),
			draft('2', { changedAt: '2026-11-25T10:00:00Z' }),
			draft('3', { case: 'other', changedAt: '2026-11-25T11:00:00Z' }),
			draft('4', { form: 'assessment', changedAt: '2026-11-25T12:00:00Z' })
		];
		const child = { key: CASE, councilCase: CASE, localCase: 'typed' } as never;
		expect(draftIn(rows, child, 'message')?.id).toBe('2');
		expect(draftIn(rows.slice(0, 1), child, 'message')?.id).toBe('1');
		expect(draftIn(rows.slice(2, 3), child, 'message')).toBeUndefined();
	});
});

it('every language an interpreter is asked for goes through the wire, once, and has a name at the council', () => {
	const codes = INTERPRETERS.map(({ code }) => code);
	expect(new Set(codes).size).toBe(codes.length);
	for (const interpreter of codes) {
		const args = { id: crypto.randomUUID(), text: 'x', interpreter };
		expect(messageSend.safeParse(args).success, interpreter).toBe(true);
		expect(languageName(interpreter), interpreter).not.toBeNull();
	}
});
