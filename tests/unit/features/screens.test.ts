import { describe, expect, it } from 'vitest';
import { EVENT_TYPES } from '#domain/case/vocabulary.ts';
import { ACTION_KEYS, STAGE_KEYS, STEP_KEYS } from '#domain/journey/keys.ts';
import type { FamilyAction, Journey, KeyedMilestone } from '#domain/journey/journey.ts';
import { RULES } from '#domain/law/rule-set.ts';
import { datesToCome } from '#features/calendar/to-come.ts';
import { fieldsOf, GROUPS } from '#features/dates/event-choices.ts';
import { askedBy, hrefOf, wayOf } from '#features/home/action-links.ts';
import { titleOfAction } from '#features/home/action-words.ts';
import { heroWords } from '#features/home/hero-words.ts';
import { askFor } from '#features/home/ask-for.ts';
import { lengthOf } from '#features/milestone/count-words.ts';
import { chipOf } from '#features/milestone/state-words.ts';
import { personFrom, problemsOf } from '#features/people/person-form.ts';
import { codeFromFragment } from '#features/start/letter-code.ts';
import { familyOf, viewOf } from '#features/open-case/projection.ts';
import { detailOf } from '#features/open-case/words.ts';
import { has, loadWords } from '#i18n/words.svelte.ts';

await loadWords(['timeline', 'milestone', 'legal', 'titles', 'cards', 'events', 'dates']);

const milestone = (more: Partial<KeyedMilestone>): KeyedMilestone => ({
	key: 'k',
	rule: 'EHCNA-6W-DECISION',
	version: 1,
	kind: 'statute',
	direction: 'ceiling',
	actor: 'council',
	trigger: { type: 'assessment.requested', on: '2026-10-18' },
	due: '2026-11-29',
	certain: true,
	state: 'upcoming',
	exceptions: [],
	remedies: [],
	citation: [],
	alternatives: [],
	...more
});

describe('words for whatever a journey can say', () => {
	it('has a stage, a step and an action for every key', () => {
		expect(STAGE_KEYS.filter((key) => !has('cards', `stage.${key}`))).toEqual([]);
		expect(STEP_KEYS.filter((key) => !has('timeline', `step.${key}`))).toEqual([]);
		expect(
			ACTION_KEYS.filter(
				(key) => !has('cards', `action.${key}.title`) || !has('cards', `action.${key}.about`)
			)
		).toEqual([]);
	});
	it('has words for every list a family may choose from', () => {
		const missing = EVENT_TYPES.flatMap((type) =>
			fieldsOf(type).flatMap((field) => field.values.map((value) => detailOf(field.list, value)))
		).filter((said) => /^details\.|^[a-z-]+$/.test(said));
		expect(missing).toEqual([]);
		expect(
			Object.values(GROUPS)
				.flat()
				.filter((type) => !has('events', `${type}.ask`) && type !== 'note')
		).toEqual([]);
	});
});

describe('the length of a rule', () => {
	it('is words for every plain count and nothing for a set day', () => {
		const of = (id: string) => lengthOf(RULES.find((rule) => rule.id === id)!.count);
		expect(of('EHCNA-6W-DECISION')).toEqual({ words: '6 weeks', back: false });
		expect(of('AR-NOTICE-2W')).toEqual({ words: '2 weeks', back: true });
		expect(of('PT-15FEB')).toBeUndefined();
	});
});

describe('one date', () => {
	it('is late only after its day, and says so only of others', () => {
		expect(chipOf(milestone({ state: 'late' }), '2026-12-01')).toEqual({
			status: 'late',
			text: '2 days late'
		});
		expect(chipOf(milestone({ actor: 'family', state: 'upcoming' }), '2026-11-25').status).toBe('you');
		expect(chipOf(milestone({ actor: 'family', state: 'passed' }), '2026-12-25').status).toBe('moot');
	});
	it('came in time only if somebody can say by when', () => {
		const done = milestone({
			state: 'done_on_time',
			closedBy: { type: 'assessment.agreed', on: '2026-11-20' }
		});
		expect(chipOf(done, '2026-12-01').text).toBe('On time');
		const { due, ...undated } = done;
		expect(due).toBeDefined();
		expect(chipOf(undated, '2026-12-01')).toEqual({ status: 'done', text: 'Done' });
	});
	it('goes into a calendar at its safe day, and never when it has gone by', () => {
		const own = milestone({ key: 'own', actor: 'family', due: '2027-01-04', sendBy: '2026-12-31' });
		const gone = milestone({ key: 'gone', due: '2026-11-01', state: 'late' });
		const journey = { today: '2026-11-25', milestones: [own, gone, milestone({})] } as unknown as Journey;
		expect(datesToCome(journey).map(({ key, on }) => `${key} ${on}`)).toEqual([
			'k 2026-11-29',
			'own 2026-12-31'
		]);
		expect(datesToCome({ ...journey, today: '2027-01-02' }).map(({ on }) => on)).toEqual(['2027-01-04']);
	});
});

describe('small decisions', () => {
	it('sends no action to the council: asking is said, a right is read, a date is typed', () => {
		expect(hrefOf({ key: 'ask-when' })).toBe('/app/people#say');
		expect(wayOf({ key: 'appeal', milestone: milestone({}) })).toBe('right');
		expect(hrefOf({ key: 'give-date' })).toBe('/app/dates');
	});
	it('says of which date, and of whose answer: two lines of a list never read the same', () => {
		const said = (action: FamilyAction) => titleOfAction(action, 'Robin');
		expect(said({ key: 'give-date', about: 'assessment.agreed' })).toMatch(/^When did the council say yes\?/);
		expect(said({ key: 'give-date', about: 'bornOn' })).toBe('When was your child born?');
		expect(said({ key: 'ask-when', about: 'school' })).toBe('Ask when it will come: School');
		expect(said({ key: 'ask-for-date', milestone: milestone({}) })).toMatch(/^Ask for a date: .+/);
		expect(said({ key: 'complain', milestone: milestone({}) })).toBe('You can complain');
		expect(askedBy({ key: 'give-date', about: 'phase', event: 'e' })).toEqual({ about: 'phase', event: 'e' });
	});
	it('reads a code behind the # and nothing that cannot be one', () => {
		expect(codeFromFragment('#k7m4-r9tx-3hvw-a')).toBe('K7M4-R9TX-3HVW-A');
		expect(codeFromFragment('#add')).toBeUndefined();
		expect(codeFromFragment('#%E0%A4%A')).toBeUndefined();
	});
	it('keeps a person with a name alone, and names a number that is none', () => {
		const fields = { name: ' Mrs Okoro ', what: '', phone: '', email: '', officer: false };
		expect(problemsOf(fields)).toEqual([]);
		expect(personFrom(fields)).toEqual({ role: 'other', name: 'Mrs Okoro' });
		expect(problemsOf({ ...fields, name: '', phone: 'tomorrow' }).map((one) => one.field)).toEqual([
			'person-name',
			'person-phone'
		]);
	});
});

describe('from rows to a week', () => {
	const LOCAL = '22222222-2222-4222-8222-222222222222';
	const scope = `case:${LOCAL}:own:33333333-3333-4333-8333-333333333333`;
	const rows = (undated?: string) => [
		{
			scope,
			t: 'case',
			id: LOCAL,
			ver: 1,
			sv: 1,
			v: { child: { givenName: 'Bee' }, ...(undated && { undated }) }
		},
		...(undated
			? []
			: [
					{
						scope,
						t: 'event',
						id: 'e1',
						ver: 1,
						sv: 1,
						v: { type: 'assessment.requested', on: '2026-10-18', detail: {} }
					}
				])
	];
	const viewed = (undated?: string) => {
		const family = familyOf(rows(undated));
		return viewOf(family.children[0]!, family.known, '2026-11-25');
	};
	it('says week 6 and the day the council must answer by', () => {
		const { journey, child } = viewed();
		expect(journey.main?.ribbon).toMatchObject({ unit: 'week', at: 6, of: 20 });
		expect(journey.next).toMatchObject({ rule: 'EHCNA-6W-DECISION', due: '2026-11-29' });
		expect(askFor(child, journey)).toEqual({
			kind: 'answered',
			yes: 'assessment.agreed',
			no: 'assessment.refused'
		});
	});
	it('says by which day the next school must be named, while that day is to come', () => {
		const moving = [
			{ ...rows('x')[0]!, v: { child: { givenName: 'Bee' } } },
			...[
				{ type: 'plan.finalised', on: '2025-12-03', detail: { kind: 'first' } },
				{
					type: 'transfer.expected',
					on: '2026-09-08',
					detail: { phase: 'primary-to-secondary', startsOn: '2027-09-01' }
				}
			].map((v, at) => ({ scope, t: 'event', id: `e${at}`, ver: 1, sv: 1, v }))
		];
		const family = familyOf(moving);
		const hero = (today: string) => {
			const { child, journey } = viewOf(family.children[0]!, family.known, today);
			expect(journey.main?.kind).toBe('transfer');
			return heroWords(child, journey).lead;
		};
		expect(hero('2026-11-25')).toBe('The school must be named by Monday 15 February.');
		expect(hero('2027-02-16')).toBeUndefined();
	});
	it('asks for a day it was not told and works out nothing from it', () => {
		const { journey, child } = viewed('assessment.requested');
		expect(journey.milestones).toEqual([]);
		expect(askFor(child, journey)).toEqual({ kind: 'undated', type: 'assessment.requested' });
	});
});
