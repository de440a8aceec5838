import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { familyActor } from '#server/access/actor.ts';
import { can, type Actor } from '#server/access/can.ts';
import { ROLES, type Role } from '#server/access/roles.ts';
import { writeScope } from '#server/cases/scope-writer.ts';
import { pull } from '#server/sync/pull.ts';
import type { Runtime } from '#server/runtime.ts';
import { COUNCIL, oneChild, testRuntime } from '../../support/family.ts';

/** Three accounts, four cases, every scope of each filled with one row that names it. */
const ACCOUNTS = Array.from({ length: 3 }, () => crypto.randomUUID());
let server: Runtime;
let cases: { caseId: string; scopeId: string }[];
let scopes: string[];

beforeAll(async () => {
	server = await testRuntime();
	cases = [];
	for (const ref of ['D1', 'D2', 'D3', 'D4']) cases.push(await oneChild(server.database, ref));
	await server.database.db
		.insertInto('account')
		.values(ACCOUNTS.map((id) => ({ id })))
		.execute();
	scopes = [
		...cases.flatMap(({ caseId }) => [
			`case:${caseId}:shared`,
			`case:${caseId}:fam`,
			`case:${caseId}:yp`,
			...ACCOUNTS.flatMap((account) => [`case:${caseId}:own:${account}`, `case:${caseId}:sent:${account}`])
		]),
		...ACCOUNTS.map((account) => `user:${account}`),
		`ref:${COUNCIL}:people`
	];
	for (const scope of scopes)
		await server.database.transact((tx) => writeScope(tx, scope, [{ t: 'note', id: 'n', v: { scope } }]));
});
afterAll(() => server.close());

type Edge = {
	account: number;
	child: number;
	role: Role;
	from: number;
	until: number;
	restricted: boolean;
};
const NOW = new Date('2026-11-18T12:00:00Z');
const hour = fc.integer({ min: -50, max: 50 });
const edge: fc.Arbitrary<Edge> = fc.record({
	account: fc.nat(2),
	child: fc.nat(3),
	role: fc.constantFrom(...ROLES),
	from: hour,
	until: hour,
	restricted: fc.boolean()
});
const at = (hours: number) => new Date(NOW.getTime() + hours * 3_600_000);

/** The rule written a second time, plainly and from the other end: which account may read which scope. */
function allowed(graph: Edge[], suppressed: number[], account: number, scope: string): boolean {
	if (scope.startsWith('ref:')) return true;
	if (scope === `user:${ACCOUNTS[account]}`) return true;
	return graph.some((one) => {
		if (one.account !== account || suppressed.includes(one.child)) return false;
		if (one.from > 0 || one.until <= 0) return false;
		const id = cases[one.child]!.caseId;
		if (scope === `case:${id}:shared`) return true;
		if (['own', 'sent'].some((tail) => scope === `case:${id}:${tail}:${ACCOUNTS[account]}`)) return true;
		if (scope === `case:${id}:yp`) return one.role === 'young-person';
		const together = ['guardian', 'carer', 'delegate-read', 'delegate-draft'].includes(one.role);
		return scope === `case:${id}:fam` && together && !one.restricted;
	});
}

async function lay(graph: Edge[], suppressed: number[]) {
	await server.database.transact(async (tx) => {
		await tx.deleteFrom('relationship').execute();
		await tx.updateTable('case_file').set({ suppressed: false }).execute();
		for (const child of suppressed)
			await tx
				.updateTable('case_file')
				.set({ suppressed: true })
				.where('scope_id', '=', cases[child]!.scopeId)
				.execute();
		for (const one of graph) {
			const row = {
				account_id: ACCOUNTS[one.account]!,
				case_scope: cases[one.child]!.scopeId,
				guardian_ref: 'G',
				role: one.role,
				from_at: at(one.from),
				until_at: at(one.until),
				restrictions: JSON.stringify(one.restricted ? ['no-family-scope'] : [])
			};
			await tx.insertInto('relationship').values(row).execute();
		}
	});
}

test('over random relationships no pull returns a row outside what the rule allows, and every row inside it', async () => {
	const graphs = fc.uniqueArray(edge, { maxLength: 10, selector: (one) => `${one.account} ${one.child}` });
	const property = fc.asyncProperty(
		graphs,
		fc.uniqueArray(fc.nat(3), { maxLength: 2 }),
		async (graph, suppressed) => {
			await lay(graph, suppressed);
			for (const account of [0, 1, 2]) {
				const answer = await server.database.transact(
					async (tx) =>
						pull(tx, await familyActor(tx, ACCOUNTS[account]!, NOW), {
							proto: 1,
							schema: 1,
							deviceId: crypto.randomUUID(),
							epoch: null,
							scopes: scopes.map((id) => ({ id, cookie: null }))
						}),
					{ isolation: 'repeatable read', readOnly: true }
				);
				const expected = scopes.filter((scope) => allowed(graph, suppressed, account, scope)).sort();
				expect(answer.scopes.map((scope) => scope.id).sort()).toEqual(expected);
				const told = answer.scopes.flatMap((scope) =>
					scope.patch.map((row) => (row.v as { scope?: string }).scope ?? scope.id)
				);
				for (const scope of told) expect(expected).toContain(scope);
				for (const id of answer.granted) expect(expected).toContain(id);
			}
		}
	);
	await fc.assert(property, { numRuns: 40 });
});

test('staff never open what a family writes for itself, and nothing of another council', () => {
	const id = crypto.randomUUID();
	const staff: Actor = {
		kind: 'staff',
		staffId: crypto.randomUUID(),
		role: 'case-officer',
		council: COUNCIL,
		cases: new Map([
			[id, { council: COUNCIL }],
			['x', { council: 'X99000008' }]
		])
	};
	const scope = fc.constantFrom(
		...['fam', 'yp', ...ACCOUNTS.map((account) => `own:${account}`)].map((tail) => `case:${id}:${tail}`),
		...ACCOUNTS.map((one) => `user:${one}`)
	);
	fc.assert(
		fc.property(
			scope,
			fc.constantFrom('read' as const, 'write' as const, 'answer' as const),
			(one, action) => !can(staff, action, one)
		)
	);
	expect(can(staff, 'read', `case:${id}:shared`)).toBe(true);
	expect(can(staff, 'write', `case:${id}:shared`)).toBe(false);
	// What was sent to them they read and answer, and write over nothing of it.
	const sent = `case:${id}:sent:${ACCOUNTS[0]}`;
	const may = (actor: Actor) =>
		(['read', 'answer', 'write', 'decide'] as const).map((one) => can(actor, one, sent));
	expect(may(staff)).toEqual([true, true, false, false]);
	expect(may({ ...staff, role: 'publisher' })).toEqual([false, false, false, false]);
	const abroad: Actor = { ...staff, cases: new Map([[id, { council: 'X99000008' }]]) };
	expect(can(abroad, 'read', `case:${id}:shared`)).toBe(false);
	expect(may(abroad)).toEqual([false, false, false, false]);
});

test('a scope that is no scope is nobody’s', () => {
	const actor: Actor = { kind: 'family', accountId: ACCOUNTS[0]!, cases: new Map() };
	fc.assert(fc.property(fc.string(), (id) => !can(actor, 'read', id) || /^(ref|user):/.test(id)));
	expect(can(actor, 'write', `ref:${COUNCIL}:people`)).toBe(false);
});
