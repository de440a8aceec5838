import { describe, expect, it } from 'vitest';
import { ROW_SHAPES } from '#contract/rows.ts';
import { typedCase } from '#features/start/typed-case.ts';

const ids = {
	caseId: '22222222-2222-4222-8222-222222222222',
	eventId: '44444444-4444-4444-8444-444444444444',
	profile: '33333333-3333-4333-8333-333333333333'
};
const now = new Date('2026-11-24T23:30:00Z');

describe('three questions without an account', () => {
	it('makes a case and one event that both pass the contract', () => {
		const rows = typedCase({ happened: 'assessment.requested', on: '2026-11-03', name: ' Bee ' }, ids, now);
		expect(rows.map((row) => row.t)).toEqual(['case', 'event']);
		expect(ROW_SHAPES.case.parse(rows[0]?.v).child.givenName).toBe('Bee');
		expect(ROW_SHAPES.event.parse(rows[1]?.v)).toMatchObject({
			on: '2026-11-03',
			source: { said: 'family' }
		});
		expect(new Set(rows.map((row) => row.scope))).toEqual(new Set([`case:${ids.caseId}:own:${ids.profile}`]));
	});
	it('guesses no day: it remembers what happened and asks later', () => {
		const rows = typedCase({ happened: 'assessment.requested', on: 'not-sure', name: '' }, ids, now);
		expect(rows).toHaveLength(1);
		expect(rows[0]?.v).toEqual({ child: {}, undated: 'assessment.requested' });
	});
	it('keeps a child for whom nothing has happened yet', () => {
		expect(typedCase({ happened: 'nothing-yet', on: '2026-11-03', name: 'Bee' }, ids, now)).toHaveLength(1);
	});
});
