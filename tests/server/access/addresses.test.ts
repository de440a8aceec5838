import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { activationPeople, joinByLetter } from '../../support/letters.ts';
import { answerGrants } from '#server/access/answer-grants.ts';
import { answerLooks } from '#server/access/answer-looks.ts';
import { putCouncil } from '#server/cases/councils.ts';
import { answering } from '#server/edge/refusal.ts';
import type { Runtime } from '#server/runtime.ts';
import { answerPull } from '#server/sync/answer-pull.ts';
import { COUNCIL, testRuntime } from '../../support/family.ts';
import { bring, csvOf } from '../importers/support.ts';

/**
 * One guardian's address, phone and name are for the letter to that guardian. They never reach a scope that somebody else
 * reads, whatever a roster says and however often it is brought.
 */
let server: Runtime;
beforeAll(async () => {
	server = await testRuntime();
	await server.database.transact((tx) => putCouncil(tx, { code: COUNCIL, name: 'Testshire' }));
});
afterAll(() => server.close());

/** Words that cannot come from anywhere else: `Zx` and what they are, with letters that CSV has to quote among them. */
const private_ = (what: string) =>
	fc
		.tuple(fc.stringMatching(/^[a-z0-9]{6}$/), fc.constantFrom('', ', ', ' "', '; '))
		.map(([word, odd]) => `Zx${what}${word}${odd ? `${odd}Zx${what}` : ''}`);
const guardian = fc.record({
	name: fc.stringMatching(/^[a-z]{6}$/).map((word) => `Zxname${word}`),
	role: fc.constantFrom('mother', 'father', 'foster carer', 'parent', '', 'young person'),
	address: fc
		.tuple(private_('addr'), fc.integer({ min: 100_000, max: 999_999 }))
		.map(([place, n]) => `${place}, 01632 ${n}`),
	reading: fc.constantFrom('', 'en', 'ur', 'pl'),
	interpreter: fc.constantFrom('', 'so', 'ur')
});
const child = fc.record({
	guardians: fc.array(guardian, { minLength: 2, maxLength: 3 }),
	/** A second file: everybody moved house, the first guardian is gone from the roster, or nothing changed. */
	later: fc.constantFrom('moved', 'left', 'same')
});
type Child = {
	guardians: { name: string; role: string; address: string; reading: string; interpreter: string }[];
	later: string;
};

const cell = (text: string) => (/[",]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);
const ROUND = { count: 0 };

function rows(children: Child[], round: number, second: boolean): string[] {
	return children.flatMap(({ guardians, later }, n) =>
		guardians
			.map((who, index) => {
				const address = second && later === 'moved' ? `Zxaddrnew ${who.address}` : who.address;
				return [`C${round}-${n}`, '', 'Child', `Number${n}`, '2017-05-04', '', `G${round}-${n}-${index}`]
					.concat([who.name, who.role, address, who.reading, who.interpreter, ''].map(cell))
					.join(',');
			})
			.slice(second && later === 'left' ? 1 : 0)
	);
}

test('over random rosters, brought twice, nobody’s address, phone or name stands in a shared scope or in an answer to another', async () => {
	await fc.assert(
		fc.asyncProperty(fc.array(child, { minLength: 1, maxLength: 3 }), async (children) => {
			const round = ROUND.count++;
			const { database } = server;
			const bringRoster = async (second: boolean) => {
				const { report } = await bring(database, 'cases', csvOf('cases', ...rows(children, round, second)), {
					council: COUNCIL
				});
				expect(report.rows.refused).toBe(0);
			};
			await bringRoster(false);
			// Everybody joins before somebody leaves the roster: the letter of whoever left opens nothing any more.
			const joined = [];
			for (const { scopeId, guardianRef, role } of await activationPeople(database, `C${round}-`))
				joined.push({
					...(await joinByLetter(server, { scopeId, guardianRef, role, bornOn: '2017-05-04' })),
					scopeId,
					role
				});
			await bringRoster(true);
			const kept = await database.db.selectFrom('scope_row').selectAll().execute();
			expect(JSON.stringify(kept)).not.toContain('Zx');
			for (const { browser, scopeId, role } of joined) {
				const ask = {
					proto: 1,
					schema: 1,
					deviceId: browser.deviceId,
					epoch: null,
					scopes: [scopeId, scopeId.replace('shared', 'fam'), `ref:${COUNCIL}:people`].map((id) => ({
						id,
						cookie: null
					}))
				};
				for (const [work, body] of [
					[answerPull, ask],
					[answerLooks, {}],
					[answerGrants, {}]
				] as const) {
					const answer = await answering(() => work(browser.post('/', body), server));
					expect(answer.status).toBe(200);
					// Names the young person sees of who reads their record are the one exception, and never with an address.
					const text = await answer.text();
					expect(role === 'young person' ? text.replace(/"name":"Zxname[a-z]+"/g, '') : text).not.toMatch(
						/Zx|01632/
					);
				}
			}
		}),
		{ numRuns: 5 }
	);
});
