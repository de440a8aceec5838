import { describe, expect, it } from 'vitest';
import type { GrantsAnswer } from '#contract/access/grants.ts';
import { NOTICE_KINDS } from '#contract/rows.ts';
import { noticeWords } from '#features/news/notice-words.ts';
import { rightsLine } from '#features/who-looked/rights-line.ts';
import { readRecordAccess, setGrant } from '#sync/record-access.ts';
import type { Reply } from '#sync/transport.ts';

type Grant = GrantsAnswer['cases'][number];
const grant = (more: Partial<Grant>): Grant => ({
	caseId: 'c',
	mine: false,
	moved: false,
	on: '2027-06-25',
	reads: true,
	represented: false,
	people: [],
	...more
});

describe('whose record it is', () => {
	it.each([
		['2027-03-26', {}, null],
		['2027-03-27', {}, 'wholooked:rights.soonTheirs'],
		['2027-03-27', { mine: true }, 'wholooked:rights.soonMine'],
		['2027-06-25', { moved: true }, 'wholooked:rights.theirs'],
		['2027-06-25', { moved: true, reads: false }, 'wholooked:rights.closed'],
		['2027-06-25', { moved: true, mine: true }, 'wholooked:rights.mine']
	])('on %s with %j', (today, more, line) => expect(rightsLine(grant(more), today)).toBe(line));

	it('says nothing while there is no date of birth', () => {
		const { on: _, ...without } = grant({});
		expect(rightsLine(without, '2027-06-25')).toBeNull();
	});
});

describe('notices', () => {
	it('send each reader where something can be done, and a strange kind to the phones', () => {
		for (const kind of NOTICE_KINDS)
			expect(noticeWords(kind).href).toBe(/rights|grant/.test(kind) ? '/app/who-looked' : '/app/devices');
		for (const strange of ['constructor', '__proto__', 'something-newer'])
			expect(noticeWords(strange).words).toBe('news:notice.other');
	});
});

describe('asking the server', () => {
	const line = (answers: Record<string, Reply>) => ({
		post: (path: string) => Promise.resolve(answers[path] ?? ({ ok: false, why: 'offline' } as const))
	});
	const said = (json: unknown): Reply => ({ ok: true, json, sent: 0, got: 0 });

	it('gives both lists or the reason why not; an answer of another shape is no list', async () => {
		const looks = said({
			cases: [{ caseId: 'c', looks: [{ on: '2026-11-25', role: 'manager', times: 2 }] }]
		});
		const grants = said({ cases: [grant({})] });
		const both = await readRecordAccess(line({ '/api/looks': looks, '/api/grants': grants }));
		expect(both).toMatchObject({ ok: true, value: { looks: [{ caseId: 'c' }], grants: [{ caseId: 'c' }] } });
		expect(await readRecordAccess(line({}))).toEqual({ ok: false, why: 'offline' });
		const out: Reply = { ok: false, why: 'refused', code: 'needs_sign_in' };
		expect(await readRecordAccess(line({ '/api/looks': out }))).toEqual({ ok: false, why: 'signed-out' });
		const strange = line({ '/api/looks': said({ cases: 'x' }), '/api/grants': grants });
		expect(await readRecordAccess(strange)).toEqual({ ok: false, why: 'unavailable' });
	});

	it('says that a fresh proof is needed to let somebody in', async () => {
		const ask = { caseId: 'c', accountId: 'a', give: true };
		const proof: Reply = { ok: false, why: 'refused', code: 'proof_needed' };
		expect(await setGrant(ask, line({ '/api/grants/set': proof }))).toBe('proof-needed');
		expect(await setGrant(ask, line({ '/api/grants/set': said({}) }))).toBeNull();
	});
});
