import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { familyActor, staffActor } from '#server/access/actor.ts';
import { can, type Action, type Actor } from '#server/access/can.ts';
import { HOLD_REASONS, ROLES, STAFF_ROLES, type Role, type StaffRole } from '#server/access/roles.ts';
import type { Runtime } from '#server/runtime.ts';
import { COUNCIL, oneChild, testRuntime } from '../../support/family.ts';

/** Pairs of somebody and a scope that are judged, each for every action. */
const PAIRS = 100_000;
const COUNCILS = [COUNCIL, 'X99000008'];
const ACCOUNTS = Array.from({ length: 6 }, () => crypto.randomUUID());
const ACTIONS: Action[] = ['read', 'write', 'decide', 'grant', 'answer'];
const NOW = new Date('2026-11-18T12:00:00Z');
const at = (hours: number) => new Date(NOW.getTime() + hours * 3_600_000);

type Tie = {
	account: number;
	child: number;
	role: Role;
	from: number;
	until: number;
	restrictions: string[];
	held: boolean;
	lifted: boolean;
	grant: 'none' | 'running' | 'withdrawn';
};
type Child = { suppressed: boolean; moved: boolean; capacity: ('has-capacity' | 'represented')[] };
type World = { ties: Tie[]; children: Child[] };
type Staff = { council: string; role: StaffRole };

let server: Runtime;
let cases: { caseId: string; scopeId: string; council: string }[];
let scopes: string[];
beforeAll(async () => {
	server = await testRuntime();
	cases = [];
	for (const [n, council] of [...COUNCILS, ...COUNCILS].entries())
		cases.push({ council, ...(await oneChild(server.database, `P${n}`, { council })) });
	await server.database.db
		.insertInto('account')
		.values(ACCOUNTS.map((id) => ({ id })))
		.execute();
	const tails = [
		'shared',
		'fam',
		'yp',
		...ACCOUNTS.flatMap((id) => [`own:${id}`, `sent:${id}`]),
		'elsewhere'
	];
	scopes = [
		...[...cases.map((one) => one.caseId), crypto.randomUUID()].flatMap((id) =>
			tails.map((tail) => `case:${id}:${tail}`)
		),
		...ACCOUNTS.map((id) => `user:${id}`),
		...COUNCILS.map((council) => `ref:${council}:people`),
		'',
		'user:everybody'
	];
});
afterAll(() => server.close());

/** The design's words (sync-and-security §2.1, §5.3; blueprint §2.9) read once more, without a look at can.ts. */
function oracle(world: World, who: { account: number } | Staff, action: Action, scope: string): boolean {
	const [kind, subject, tail, owner] = scope.split(':');
	// Directory and telephone lines: everybody reads, nobody writes from outside.
	if (kind === 'ref') return action === 'read';
	const n = cases.findIndex((one) => one.caseId === subject);
	const child = world.children[n];
	if ('council' in who) {
		// Staff: their own council's cases, the council's own timeline, and deciding who is linked; what was sent to them, and
		// answering it. A publisher: no case.
		if (kind !== 'case' || !child || child.suppressed || who.role === 'publisher') return false;
		const may = { shared: ['read', 'decide'], sent: ['read', 'answer'] }[tail as 'shared' | 'sent'] ?? [];
		return who.council === cases[n]!.council && may.includes(action);
	}
	const me = ACCOUNTS[who.account]!;
	if (kind === 'user') return subject === me && (action === 'read' || action === 'write');
	const tie = world.ties.find((one) => one.account === who.account && one.child === n);
	// No tie, one that has not begun or is over, one the council holds, a child who has died.
	if (kind !== 'case' || !child || !tie || child.suppressed) return false;
	if (tie.from > 0 || tie.until <= 0 || (tie.held && !tie.lifted)) return false;
	const young = tie.role === 'young-person';
	// Only the young person says who reads their record; only staff decide about links and answer what was sent to them.
	if (action === 'decide' || action === 'answer') return false;
	if (action === 'grant') return young && tail === 'shared';
	if (tail === 'own') return owner === me;
	if (tail === 'yp') return young;
	// After the move: the young person, a professional, whoever has a grant, or those who decide for them.
	const theirs = child.moved && !young && tie.role !== 'professional';
	const told = !theirs || tie.grant === 'running' || child.capacity.at(-1) === 'represented';
	if (tail === 'shared') return action === 'read' && told;
	// What somebody sent is theirs to read, and more is sent by who is told about the case. The co-parent sees none of it.
	if (tail === 'sent') return owner === me && (action === 'read' || told);
	// What guardians write together: guardians, carers, adults they asked in.
	if (tail !== 'fam' || tie.restrictions.includes('no-family-scope')) return false;
	if (tie.role === 'delegate-read') return action === 'read';
	const together = ['guardian', 'carer', 'delegate-draft'].includes(tie.role);
	return together && (action === 'read' || !tie.restrictions.includes('read-only'));
}

const hour = fc.integer({ min: -30, max: 60 });
const tie: fc.Arbitrary<Tie> = fc.record({
	account: fc.nat(5),
	child: fc.nat(3),
	role: fc.constantFrom(...ROLES),
	from: fc.integer({ min: -60, max: 5 }),
	until: hour,
	restrictions: fc.subarray(['no-family-scope', 'read-only']),
	held: fc.boolean(),
	lifted: fc.boolean(),
	grant: fc.constantFrom('none', 'running', 'withdrawn')
});
const world: fc.Arbitrary<World> = fc.record({
	ties: fc.uniqueArray(tie, {
		minLength: 6,
		maxLength: 16,
		selector: (one) => `${one.account} ${one.child}`
	}),
	children: fc.array(
		fc.record({
			suppressed: fc.integer({ max: 7, min: 0 }).map((n) => n === 0),
			moved: fc.boolean(),
			capacity: fc.array(fc.constantFrom('has-capacity' as const, 'represented' as const), { maxLength: 2 })
		}),
		{ minLength: 4, maxLength: 4 }
	)
});

async function lay({ ties, children }: World): Promise<void> {
	const key = (one: Tie) => ({ account_id: ACCOUNTS[one.account]!, case_scope: cases[one.child]!.scopeId });
	await server.database.transact(async (tx) => {
		for (const table of ['access_hold', 'access_grant', 'capacity_record', 'relationship'] as const)
			await tx.deleteFrom(table).execute();
		for (const [n, child] of children.entries()) {
			await tx
				.updateTable('case_file')
				.set({ suppressed: child.suppressed, rights_moved_at: child.moved ? at(-1) : null })
				.where('scope_id', '=', cases[n]!.scopeId)
				.execute();
			const rows = child.capacity.map((says, index) => ({
				case_scope: cases[n]!.scopeId,
				id: crypto.randomUUID(),
				says,
				recorded_by: crypto.randomUUID(),
				recorded_at: at(index)
			}));
			if (rows.length > 0) await tx.insertInto('capacity_record').values(rows).execute();
		}
		await tx
			.insertInto('relationship')
			.values(
				ties.map((one) => ({
					...key(one),
					guardian_ref: 'G',
					role: one.role,
					from_at: at(one.from),
					until_at: at(one.until),
					restrictions: JSON.stringify(one.restrictions)
				}))
			)
			.execute();
		const held = ties.filter((one) => one.held);
		if (held.length > 0)
			await tx
				.insertInto('access_hold')
				.values(
					held.map((one) => ({
						...key(one),
						id: crypto.randomUUID(),
						reason: HOLD_REASONS[0],
						placed_by: crypto.randomUUID(),
						lifted_at: one.lifted ? at(-1) : null
					}))
				)
				.execute();
		const granted = ties.filter((one) => one.grant !== 'none');
		if (granted.length > 0)
			await tx
				.insertInto('access_grant')
				.values(
					granted.map((one) => ({
						...key(one),
						id: crypto.randomUUID(),
						withdrawn_at: one.grant === 'withdrawn' ? at(-1) : null
					}))
				)
				.execute();
	});
}

test(`over random relationships can() and what the design says agree on ${PAIRS} pairs`, async () => {
	let pairs = 0;
	let allowed = 0;
	const perWorld = scopes.length * (ACCOUNTS.length + COUNCILS.length * STAFF_ROLES.length);
	await fc.assert(
		fc.asyncProperty(world, async (one) => {
			await lay(one);
			const people: [{ account: number } | Staff, Actor][] = await server.database.transact(async (tx) => {
				const found: [{ account: number } | Staff, Actor][] = [];
				for (const account of ACCOUNTS.keys())
					found.push([{ account }, await familyActor(tx, ACCOUNTS[account]!, NOW)]);
				for (const council of COUNCILS)
					for (const role of STAFF_ROLES) {
						// Handed every case there is: it must take its own only.
						const staffId = crypto.randomUUID();
						const all = cases.map((file) => file.scopeId);
						found.push([{ council, role }, await staffActor(tx, { staffId, council, role }, all)]);
					}
				return found;
			});
			for (const [who, actor] of people)
				for (const scope of scopes) {
					pairs++;
					for (const action of ACTIONS) {
						const said = can(actor, action, scope);
						if (said) allowed++;
						if (said !== oracle(one, who, action, scope))
							throw new Error(`${JSON.stringify(who)} ${action} ${scope}: can() says ${said}`);
					}
				}
		}),
		{ numRuns: Math.ceil(PAIRS / perWorld) }
	);
	expect(pairs).toBeGreaterThanOrEqual(PAIRS);
	// A rule that let nobody in would agree with an oracle that does: some thousands must have been let in.
	expect(allowed).toBeGreaterThan(5_000);
});
