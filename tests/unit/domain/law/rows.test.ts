import { EVENT_TYPES } from '#domain/case/vocabulary.ts';
import { RULE_IDS } from '#domain/law/remark-set.ts';
import { RULES, ruleById } from '#domain/law/rule-set.ts';
import { addDays } from '#domain/time/civil-date.ts';
import { describe, expect, test } from 'vitest';
import { COMPLAINTS, OUTCOMES, ROWS } from './rows.ts';
import { lawOf } from './telling.ts';

type Row = {
	rule: string;
	events: string;
	on: string;
	type: string;
	due: string;
	actor: string;
	after: string;
	done: string[];
	moot: string[];
};

const rows: Row[] = ROWS.trim()
	.split('\n')
	.map((line) => {
		const [rule = '', given = '', due = '', actor = '', after = '', done = '', moot = ''] = line
			.split('|')
			.map((cell) => cell.trim());
		const list = (cell: string) =>
			cell
				.split(';')
				.map((item) => item.trim())
				.filter(Boolean);
		const [type = '', on = ''] = (list(given)[0] ?? '').split(' ');
		return {
			rule,
			events: list(given).join('\n'),
			on,
			type,
			due,
			actor,
			after,
			done: list(done),
			moot: list(moot)
		};
	});

function milestone(row: Row, asOf: string, also: string[] = []) {
	const { milestones } = lawOf({ asOf, events: [row.events, ...also].join('\n') });
	const found = milestones.filter(
		({ rule, trigger }) => rule === row.rule && trigger.on === row.on && trigger.type === row.type
	);
	expect(found, `${row.rule} once`).toHaveLength(1);
	return found[0] as (typeof found)[number];
}

/** `draft.served kind=first` on a day. */
const dated = (closer: string, on: string) => {
	const [type, ...details] = closer.split(' ');
	return [type, on, ...details].join(' ');
};
const PLAN = /^(RE-|AR-|PT-|MOVE-|PB-|PROVISION-START$)/;
const isWindow = ({ after }: Row) => after === 'w';
const passes = ({ after }: Row) => after !== 'late';

describe.each(rows.map((row) => [`${row.rule} from ${row.type}`, row] as const))('%s', (_, row) => {
	const next = addDays(row.due, 1);
	test('due, actor, and the state on the day and after it', () => {
		expect(milestone(row, row.due)).toMatchObject({
			due: row.due,
			actor: row.actor,
			state: 'due_today',
			certain: true
		});
		expect(milestone(row, next).state).toBe(passes(row) ? 'passed' : 'late');
	});
	test.each(row.done)('done by %s', (closer) => {
		const type = closer.split(' ')[0];
		expect(milestone(row, row.due, [dated(closer, row.due)])).toMatchObject({
			state: 'done_on_time',
			closedBy: { type, on: row.due }
		});
		const used = isWindow(row) && type !== 'plan.finalised';
		expect(milestone(row, next, [dated(closer, next)])).toMatchObject({
			state: passes(row) && !used ? 'passed' : 'done_late',
			closedBy: { type }
		});
	});
	test.each(row.moot)('moot by %s', (closer) => {
		const type = closer.split(' ')[0] ?? '';
		expect(milestone(row, row.due, [dated(closer, row.due)])).toMatchObject({
			state: 'moot',
			closedBy: { type, on: row.due }
		});
		const overtaken = passes(row) || ['review.meeting-held', 'appeal.order'].includes(type);
		expect(milestone(row, next, [dated(closer, next)])).toMatchObject({
			state: overtaken ? 'passed' : 'done_late',
			closedBy: { type }
		});
	});
	test('ended by plan.ceased only where it is about a plan', () => {
		expect(milestone(row, row.due, [`plan.ceased ${row.due}`]).state).toBe(
			PLAN.test(row.rule) ? 'ended' : 'due_today'
		);
	});
	test('and closed by nothing else that can happen', () => {
		const closers = [...row.done, ...row.moot].map((closer) => closer.split(' ')[0]);
		for (const type of EVENT_TYPES.filter((name) => !closers.includes(name) && name !== 'plan.ceased')) {
			// A second, equal trigger on another day is another milestone, except where a rule groups or replaces.
			const found = milestone(row, row.due, type === row.type ? [] : [`${type} ${row.due}`]);
			expect(found.state, `${row.rule} is not closed by ${type}`).toBe('due_today');
			expect(found.closedBy).toBeUndefined();
		}
	});
	test('and not by the same events of another party, kind or stage', () => {
		for (const closer of row.done.filter((item) => / (adviser|setting|stage|kind)=/.test(item)))
			expect(milestone(row, row.due, [`${closer.split(' ')[0]} ${row.due}`]).state).toBe('due_today');
	});
});

test('every dated rule but those of a birth and of a child’s age has its row', () => {
	const told = new Set(rows.map(({ rule }) => rule));
	const dated = RULE_IDS.filter((id) => ruleById(id));
	expect(dated.filter((id) => !told.has(id))).toEqual(['AR-EY-6M', 'YP-RIGHTS', 'PFA-25']);
	for (const rule of RULES)
		for (const { type } of rule.triggers) expect(type === 'child' || EVENT_TYPES.includes(type)).toBe(true);
});

describe('what an outcome starts', () => {
	const started = (events: string) =>
		[...new Set(lawOf({ asOf: '2026-02-01', events }).milestones.map(({ rule }) => rule))]
			.filter((rule) => /^TRIB-R(44|EC)/.test(rule))
			.sort();
	test.each(Object.entries(OUTCOMES))('%s', (outcome, rules) => {
		expect(started(`appeal.order 2026-01-12 outcome=${outcome}`)).toEqual(rules);
		expect(started(`appeal.conceded 2026-01-12 outcome=${outcome}`)).toEqual(rules);
	});
});

describe('what a complaint starts', () => {
	test.each(Object.entries(COMPLAINTS))('%s', (events, rules) => {
		expect(
			lawOf({ asOf: '2026-05-01', events })
				.milestones.map(({ rule }) => rule)
				.sort()
		).toEqual(rules);
	});
	test('another stage or kind of answer closes nothing', () => {
		const { milestones } = lawOf({
			asOf: '2026-04-20',
			events:
				'complaint.made 2026-04-13\ncomplaint.answered 2026-04-14 stage=2\ncomplaint.answered 2026-04-14 kind=children-act\ncomplaint.acknowledged 2026-04-14 stage=2'
		});
		expect(milestones.filter(({ closedBy, trigger }) => closedBy && trigger.on === '2026-04-13')).toEqual([]);
	});
});
