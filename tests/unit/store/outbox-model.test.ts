// First: Dexie's live queries stay silent where there was no IndexedDB when Dexie was loaded.
import 'fake-indexeddb/auto';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { Outbox, OutboxItem, PushStore } from '#store/outbox.ts';
import { MemoryPushStore } from '../../support/memory-push-store.ts';
import { ACCOUNT, message, PIN, SENT } from './outbox-phone.ts';
import { phone } from './phone.ts';
import { serverHalf } from './server-half.ts';

const at = (day: number) => new Date(Date.parse('2026-11-01T10:00:00Z') + day * 86_400_000).toISOString();

/** A phone may do these in any order; `which` counts what was written. */
const step = fc.oneof(
	{ weight: 5, arbitrary: fc.constant({ do: 'add' as const }) },
	{ weight: 2, arbitrary: fc.record({ do: fc.constant('instead' as const), which: fc.nat(8) }) },
	fc.record({ do: fc.constantFrom('cancel' as const, 'discard' as const), which: fc.nat(8) }),
	{ weight: 4, arbitrary: fc.constantFrom({ do: 'offer' as const }, { do: 'seal' as const }) },
	{
		weight: 5,
		arbitrary: fc.record({
			do: fc.constant('answer' as const),
			which: fc.nat(8),
			done: fc.boolean(),
			day: fc.nat(40),
			// Now and then an answer to a number that it had before.
			late: fc.integer({ min: 0, max: 9 }).map((n) => n === 0)
		})
	},
	{
		weight: 2,
		arbitrary: fc.record({ do: fc.constant('reoffer' as const), from: fc.integer({ min: 1, max: 4 }) })
	},
	fc.record({ do: fc.constant('prune' as const), day: fc.nat(80) }),
	{ weight: 2, arbitrary: fc.constantFrom({ do: 'fork' as const }, { do: 'new-key' as const }) },
	fc.constantFrom({ do: 'lock' as const }, { do: 'restart' as const }),
	{ weight: 3, arbitrary: fc.constant({ do: 'unlock' as const }) }
);
type Step = typeof step extends fc.Arbitrary<infer T> ? T : never;

it('whatever is done to it, the outbox on the disk and the one in plain memory tell the same', async () => {
	await fc.assert(
		fc.asyncProperty(fc.array(step, { minLength: 10, maxLength: 40, size: 'max' }), async (steps) => {
			const one = phone();
			try {
				await lived(one, steps);
			} finally {
				one.close();
			}
		}),
		{ numRuns: 40 }
	);
}, 120_000);

/** What a screen says of it. */
const told = ({ seq: number, name, args, state, offered, unsealed, code, answeredAt }: OutboxItem) => {
	// Below 1, which an item has that was answered under an earlier device id, only the order counts.
	const seq = Math.max(0, number);
	return state === 'waiting'
		? { seq, name, args, state, offered, unsealed }
		: { seq, name, args, state, answeredAt, code };
};

async function lived(one: ReturnType<typeof phone>, steps: readonly Step[]) {
	let server = serverHalf();
	let real = await one.open();
	await real.pull.openAccount({ userId: ACCOUNT, scopes: [SENT] });
	const recovery = real.lock.newRecoveryCode();
	await real.lock.setSecret({ kind: 'pin', text: PIN, recovery });
	const memory = new MemoryPushStore();
	/** The ids of one mutation, there and here. */
	const ids: [string, string][] = [];
	const pair = () => [
		{ outbox: real.outbox as Outbox, push: real.push as PushStore, id: 0 as const },
		{ outbox: memory as Outbox, push: memory as PushStore, id: 1 as const }
	];
	const nameOf = (mid: string) => ids.findIndex((both) => both.includes(mid));

	async function both<T>(
		work: (on: ReturnType<typeof pair>[number]) => Promise<T>,
		why: string
	): Promise<void> {
		const answers: unknown[] = [];
		for (const on of pair()) answers.push(await work(on));
		expect(answers[0], why).toEqual(answers[1]);
	}

	for (const [n, now] of steps.entries()) {
		const why = `${n}: ${JSON.stringify(now)} of ${JSON.stringify(steps)}`;
		const locked = real.state() === 'locked';
		const known = 'which' in now ? ids[now.which % Math.max(1, ids.length)] : undefined;
		switch (now.do) {
			case 'add': {
				if (locked) break;
				const [a, b] = pair();
				const what = message(`text ${ids.length}`);
				ids.push([(await a!.outbox.add(what)).mid, (await b!.outbox.add(what)).mid]);
				break;
			}
			case 'instead': {
				if (!known || locked) break;
				const [a, b] = pair();
				const what = message(`text ${ids.length}`);
				ids.push([(await a!.outbox.add(what, known[0])).mid, (await b!.outbox.add(what, known[1])).mid]);
				break;
			}
			case 'cancel':
				if (known && !locked) await both((on) => on.outbox.cancel(known[on.id]), why);
				break;
			case 'discard':
				if (known && !locked) await both((on) => on.outbox.discard(known[on.id]), why);
				break;
			case 'offer':
				await both(async (on) => {
					const offer = await on.push.offer(50, 10_000_000);
					return (
						offer?.mutations
							.filter(({ name }) => name !== 'none')
							.map(({ mid, seq }) => [nameOf(mid), seq]) ?? []
					);
				}, why);
				break;
			case 'answer': {
				if (!known) break;
				const item = memory.disk.items.find(({ mid }) => mid === known[1]);
				// Nobody is answered who did not ask.
				if (!item?.offered) break;
				const { seq } = item;
				const answer = {
					seq: now.late ? seq + 1 : seq,
					status: now.done ? ('done' as const) : ('rejected' as const)
				};
				await both((on) => on.push.acknowledge([{ ...answer, mid: known[on.id] }], at(now.day)), why);
				break;
			}
			case 'reoffer':
				await both((on) => on.push.reoffer(now.from), why);
				break;
			case 'prune':
				await both((on) => on.push.prune(Date.parse(at(now.day))), why);
				break;
			case 'fork':
				await both((on) => on.push.fork(), why);
				break;
			case 'new-key':
				server = serverHalf();
				break;
			case 'seal':
				if (locked) break;
				await real.pull.keepServerKey(server.key);
				for (const on of pair()) await on.push.seal(server.key);
				break;
			case 'lock':
				await real.lock.lockNow();
				memory.locked = true;
				break;
			case 'unlock':
				await real.lock.open({ way: 'pin', text: PIN });
				memory.locked = false;
				break;
			case 'restart':
				one.close();
				real = await one.open();
				memory.locked = true;
				break;
		}
		await both(async ({ outbox }) => outbox.items().map((item) => [nameOf(item.mid), told(item)]), why);
	}
	await real.lock.open({ way: 'pin', text: PIN });
	memory.locked = false;
	await real.pull.keepServerKey(server.key);
	for (const on of pair()) await on.push.seal(server.key);
	const offer = await real.push.offer(50, 10_000_000);
	for (const one of offer?.mutations ?? []) {
		const { args } = server.read(one);
		expect(args).toEqual(one.name === 'none' ? {} : { text: `text ${nameOf(one.mid)}` });
	}
}
