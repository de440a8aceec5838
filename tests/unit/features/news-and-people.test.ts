import { describe, expect, it } from 'vitest';
import type { Child } from '#features/open-case/children.ts';
import { newsFor, seenIds } from '#features/open-case/news.ts';
import { lastVisit } from '#features/open-case/last-visit.ts';
import {
	fallbackFor,
	holdersOf,
	linesFor,
	officerChanged,
	type Line,
	type Person
} from '#features/open-case/people.ts';

const scope = 'case:11111111-1111-4111-8111-111111111111:shared';
const person = (id: string, v: Partial<Person['v']>, local = false): Person => ({
	id,
	scope,
	ver: 1,
	local,
	v: { role: 'case-officer', name: id, ...v }
});
const child = (more: Partial<Child> = {}): Child => ({
	key: 'c',
	councilEvents: [
		{ id: 'e1', type: 'assessment.requested', on: '2026-08-25', detail: {} },
		{ id: 'e2', type: 'assessment.agreed', on: '2026-10-02', detail: {} }
	],
	familyEvents: [{ id: 'f1', type: 'note', on: '2026-11-20', detail: {} }],
	people: [],
	...more
});
const visit = (at: string, seen: string[]) => ({
	id: 'v',
	scope: 'user:x',
	ver: 1,
	local: true,
	v: { case: 'c', at, seen }
});

describe('new since the last visit', () => {
	it('says nothing is news on the first visit', () => expect(newsFor(child(), undefined).events).toEqual([]));
	it('shows what the council added, newest day first, and never what the family typed', () => {
		const news = newsFor(child(), visit('2026-11-17T09:00:00Z', []));
		expect(news.events.map((event) => event.id)).toEqual(['e2', 'e1']);
	});
	it('knows by id, so that an old fact imported late is still news', () => {
		expect(newsFor(child(), visit('2026-11-17T09:00:00Z', ['e2'])).events.map((event) => event.id)).toEqual([
			'e1'
		]);
		expect(newsFor(child(), visit('2026-11-17T09:00:00Z', seenIds(child()))).events).toEqual([]);
	});
	it('tells what happened to the account until it was here at a visit, whatever the clocks of phone and server say', () => {
		const notice = (id: string, at: string) => ({
			id,
			scope: 'user:x',
			ver: 1,
			local: true,
			v: { kind: 'phone-added', at }
		});
		const all = [notice('n1', '2026-11-16T09:00:00Z'), notice('n2', '2026-11-17T08:00:00Z')];
		// A visit without a connection, or by a clock that is ahead: n2 is older than it and came afterwards.
		const before = visit('2026-11-17T09:00:00Z', seenIds(child(), { notice: all.slice(0, 1) }));
		expect(newsFor(child(), before, { notice: all }).notices.map((one) => one.id)).toEqual(['n2']);
		const after = visit('2026-11-17T09:00:00Z', seenIds(child(), { notice: all }));
		expect(newsFor(child(), after, { notice: all }).notices).toEqual([]);
	});

	it('tells an answer of the council once, of this child, and never the family’s own words', () => {
		const message = (
			id: string,
			by: 'family' | 'council',
			caseId = '11111111-1111-4111-8111-111111111111'
		) => ({
			...{ id, scope: `case:${caseId}:sent:u`, ver: 1, local: false },
			v: { by, text: 'x', at: '2026-11-20T09:00:00Z' }
		});
		const here = child({ councilCase: '11111111-1111-4111-8111-111111111111' });
		const all = {
			message: [message('m1', 'council'), message('m2', 'family'), message('m3', 'council', 'other')]
		};
		const news = newsFor(here, visit('2026-11-17T09:00:00Z', []), all);
		expect(news.answers.map((one) => one.id)).toEqual(['m1']);
		expect(newsFor(here, visit('2026-11-21T09:00:00Z', seenIds(here, all)), all).answers).toEqual([]);
	});
	it('takes the newest of several visits', () => {
		const visits = [visit('2026-11-01T09:00:00Z', []), visit('2026-11-17T09:00:00Z', ['e1'])];
		expect(lastVisit(child(), visits)?.v.at).toBe('2026-11-17T09:00:00Z');
	});
});

describe('who holds the case', () => {
	const sam = person('Sam', { from: '2025-01-06', until: '2026-11-01' });
	const dawn = person('Dawn', { from: '2026-11-02' });
	it('names the officer of today and the one before', () => {
		expect(holdersOf(child({ people: [sam, dawn] }), '2026-11-24')).toMatchObject({
			officer: dawn,
			before: sam
		});
		expect(holdersOf(child({ people: [sam] }), '2026-11-24').officer).toBeUndefined();
	});
	it('tells of a change for six weeks and not after it was read', () => {
		const holders = holdersOf(child({ people: [sam, dawn] }), '2026-11-24');
		expect(officerChanged(holders, '2026-11-24', new Set())).toBe(true);
		expect(officerChanged(holders, '2026-11-24', new Set(['Dawn']))).toBe(false);
		expect(officerChanged(holders, '2026-12-24', new Set())).toBe(false);
	});
	it('always finds a number when there is one', () => {
		const duty: Line = {
			id: 'd',
			scope: 'ref:X99000001:people',
			ver: 1,
			local: false,
			v: { role: 'duty', name: 'Duty desk', phone: '01632 960 100' }
		};
		const lines = linesFor([duty, { ...duty, scope: 'ref:E08000025:people' }], 'X99000001', '2026-11-24');
		expect(lines).toHaveLength(1);
		expect(fallbackFor(holdersOf(child(), '2026-11-24'), lines)?.phone).toBe('01632 960 100');
	});
});
