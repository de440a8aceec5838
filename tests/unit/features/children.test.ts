import { describe, expect, it } from 'vitest';
import { childrenOf } from '#features/open-case/children.ts';
import { linkOffers } from '#features/open-case/link-offers.ts';
import { knownRows } from '#features/open-case/rows.ts';
import type { OpenRow } from '#store/family-store.ts';

const COUNCIL = '11111111-1111-4111-8111-111111111111';
const LOCAL = '22222222-2222-4222-8222-222222222222';
const ME = '33333333-3333-4333-8333-333333333333';
const own = `case:${LOCAL}:own:${ME}`;
const shared = `case:${COUNCIL}:shared`;

const row = (scope: string, t: string, id: string, v: unknown): OpenRow => ({
	scope,
	t,
	id,
	ver: 1,
	sv: 1,
	v
});
const councilRows = [
	row(shared, 'case', COUNCIL, {
		council: 'X99000001',
		ref: 'TW-4K7',
		child: { givenName: 'Amira', bornOn: '2018-03-02' }
	}),
	row(shared, 'event', 'e1', { type: 'assessment.requested', on: '2026-08-25', detail: {} })
];
const typedRows = [
	row(own, 'case', LOCAL, { child: { givenName: 'Mimi' } }),
	row(own, 'event', 'e2', { type: 'assessment.requested', on: '2026-08-24', detail: {} })
];
const link = row(own, 'case.link', 'l1', { localCase: LOCAL, councilCase: COUNCIL });

describe('children on this phone', () => {
	it('keeps a typed case and a council case apart until a person says they are one child', () => {
		const children = childrenOf(knownRows([...councilRows, ...typedRows]));
		expect(children.map((child) => child.name)).toEqual(['Amira', 'Mimi']);
		expect(linkOffers(children, new Set())).toHaveLength(1);
		expect(linkOffers(children, new Set([`${LOCAL}|${COUNCIL}`]))).toHaveLength(0);
	});
	it('joins linked cases, keeps who said what, and calls the child by the name the family typed', () => {
		const [child, ...others] = childrenOf(knownRows([...councilRows, ...typedRows, link]));
		expect(others).toEqual([]);
		expect(child).toMatchObject({
			key: COUNCIL,
			localCase: LOCAL,
			name: 'Mimi',
			bornOn: '2018-03-02',
			ref: 'TW-4K7'
		});
		expect(child?.councilEvents.map((event) => event.id)).toEqual(['e1']);
		expect(child?.familyEvents.map((event) => event.source?.said)).toEqual(['family']);
	});
	it('gives both back when the link goes or the council side is revoked', () => {
		expect(childrenOf(knownRows([...councilRows, ...typedRows]))).toHaveLength(2);
		expect(childrenOf(knownRows([...typedRows, link]))).toMatchObject([{ key: LOCAL, name: 'Mimi' }]);
	});
	it('leaves out rows of an unknown type or a broken shape and still shows the rest', () => {
		const odd = [
			row(shared, 'hologram', 'h', {}),
			row(shared, 'event', 'bad', { type: 'assessment.requested', on: 'soon' })
		];
		expect(childrenOf(knownRows([...councilRows, ...odd]))[0]?.councilEvents).toHaveLength(1);
	});
});
