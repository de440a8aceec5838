import fc from 'fast-check';
import { orderedJson } from '#contract/ordered-json.ts';
import type { StoredRow } from '#server/sync/row-store.ts';
import { scopesOf, FAM, type Kept } from './server-memory.ts';
import { wordsOfDraft, writeDraft } from './push-draft.ts';
import {
	FAULTS,
	hashOf,
	World,
	type WorldParts,
	wordsOf,
	writeNote,
	type Fault,
	type Intended,
	type ModelPhone
} from './push-world.ts';

/** Small choices out of one number, so that a story is a list of numbers and shrinks to zeros. */
class Choice {
	#left: number;
	constructor(of: number) {
		this.#left = of;
	}
	take(among: number): number {
		const taken = this.#left % among;
		this.#left = Math.floor(this.#left / among);
		return taken;
	}
}

type Action = { weight: number; run(world: World, on: ModelPhone, choose: Choice): unknown };
/** One more thing a person or a line may do is one more entry. */
const ACTIONS: Record<string, Action> = {
	nothing: { weight: 1, run: () => undefined },
	write: { weight: 8, run: (_world, on, choose) => writeNote(on, choose.take(16)) },
	edit: {
		weight: 8,
		async run(world, on, choose) {
			const note = world.notes[choose.take(Math.max(1, world.notes.length))];
			const day = choose.take(4) === 0 ? `2026-10-${10 + choose.take(20)}` : undefined;
			if (note) await edit(on, note, day);
		}
	},
	remove: {
		weight: 2,
		async run(world, on, choose) {
			const note = world.notes[choose.take(Math.max(1, world.notes.length))];
			const base = note && baseOf(on, note);
			if (!base) return;
			const args = { id: note.id, baseVer: base.ver };
			await on.say({ scope: note.scope, name: 'note.delete', args, text: null });
		}
	},
	send: {
		weight: 3,
		async run(world, on, choose) {
			const id = world.id();
			const scope = FAM.replace('fam', `sent:${on.account}`);
			const text = `sent ${id}`;
			const views = choose.take(2) === 1;
			const args = views ? { id, form: 'annual-review', version: 1, answers: { about: text } } : { id, text };
			await on.say({ scope, name: views ? 'views.send' : 'message.send', args, text });
		}
	},
	cancel: {
		weight: 2,
		async run(_world, on) {
			const last = on.push.items().findLast((item) => item.state === 'waiting');
			if (last && (await on.push.cancel(last.mid))) on.dropped(last.mid);
		}
	},
	discard: {
		weight: 1,
		async run(_world, on) {
			const first = on.push.items().find((item) => item.state === 'tray');
			if (!first) return;
			await on.push.discard(first.mid);
			on.dropped(first.mid);
		}
	},
	'same id': {
		weight: 1,
		async run(world, on, choose) {
			const { intended, strays, phones } = world;
			const idOf = (phone: ModelPhone) => phone.push.disk.deviceId;
			const of = [...intended.values()].filter(
				(one) => one.account === on.account && idOf(phones[one.phone]!) !== idOf(on)
			);
			const { mid } = of[choose.take(Math.max(1, of.length))] ?? {};
			if (!mid || on.push.locked || strays.has(mid)) return;
			world.numbersAnew = true;
			on.borrowed = mid;
			await writeNote(on, 1);
		}
	},
	lap: { weight: 9, run: (_world, on) => on.lap() },
	'troubled lap': {
		weight: 12,
		run(_world, on, choose) {
			const faults: Fault[] = [0, 1, 2].map(() => FAULTS[choose.take(FAULTS.length)]!);
			return on.lap(faults);
		}
	},
	kill: { weight: 6, run: (_world, on, choose) => on.lap([], choose.take(30)) },
	'late request': { weight: 3, run: (world, _on, choose) => world.arrive(choose.take(8)) },
	lock: { weight: 2, run: (_world, on) => (on.push.locked = true) },
	unlock: { weight: 3, run: (_world, on) => (on.push.locked = false) },
	draft: {
		weight: 2,
		run: (world, on, choose) => writeDraft(on, { shared: choose.take(3) > 0, nested: world.nested })
	},
	backup: { weight: 2, run: async (world) => world.backups.push(await world.server.backup()) },
	restore: {
		weight: 1,
		async run(world, _on, choose) {
			const life = world.backups[choose.take(Math.max(1, world.backups.length))];
			if (life) await world.server.restore(life);
		}
	},
	copy: { weight: 1, run: (world, on) => (world.phones.length < 5 ? world.copy(on) : undefined) },
	'new key': {
		weight: 1,
		run({ server }, _on, choose) {
			server.keys.push(`key ${server.keys.length + 1}`);
			if (choose.take(2) === 0) server.keys = server.keys.slice(-1);
		}
	},
	revoke: { weight: 1, run: (world, on) => world.server.memory.mayWrite(on.account, false) },
	grant: { weight: 2, run: (world, on) => world.server.memory.mayWrite(on.account, true) }
};
const WEIGHED = Object.values(ACTIONS).flatMap((action) => Array<Action>(action.weight).fill(action));

/** What a phone knows of a note: its version, or that it wrote it itself; null: it never saw it, or saw it deleted. */
function baseOf(on: ModelPhone, { id, scope }: { id: string; scope: string }): { ver: number | null } | null {
	const row = on.row(scope, `note ${id}`);
	if (row) return { ver: row.ver };
	return on.wrote.has(id) ? { ver: null } : null;
}

/** Other words, or another day, for a note that the phone knows. */
export async function edit(on: ModelPhone, note: { id: string; scope: string }, day?: string): Promise<void> {
	const base = baseOf(on, note);
	if (!base) return;
	const text = day ? null : `edited ${on.world.id()}`;
	const args = { id: note.id, baseVer: base.ver, patch: day ? { on: day } : { text } };
	await on.say({ scope: note.scope, name: 'note.put', args, text });
}

export const ACTIONS_IN_A_STORY = 60;
export type Story = { people: number; phones: number; steps: [number, number][] };
export const stories: fc.Arbitrary<Story> = fc.noBias(
	fc.record({
		people: fc.constantFrom(2, 3),
		phones: fc.constantFrom(2, 3, 4),
		steps: fc.array(fc.tuple(fc.nat(WEIGHED.length - 1), fc.nat(0x3fff_ffff)), {
			minLength: ACTIONS_IN_A_STORY,
			maxLength: ACTIONS_IN_A_STORY
		})
	})
);

/** Plays a story; throws when something that was promised does not hold at its end. */
export async function play({ people, phones, steps }: Story, parts: WorldParts = {}): Promise<void> {
	const world = await World.of(people, phones, parts);
	for (const [what, number] of steps) {
		const choose = new Choice(number);
		const on = world.phones[choose.take(world.phones.length)]!;
		await WEIGHED[what]!.run(world, on, choose);
	}
	await endsWell(world);
}

/** Lets everything come to rest, and throws when something that was promised does not hold. */
export async function endsWell(world: World): Promise<void> {
	const rest = await world.settle();
	const left = world.phones.map((phone) => phone.push.disk.items.filter((item) => item.state === 'waiting'));
	must(rest, () => `it never comes to rest: ${JSON.stringify(left)}`);
	const kept = await world.server.memory.kept();
	everyIntentionIsAnswered(world);
	everyAnswerIsTrue(world, kept);
	theOrderIsKept(world);
	phonesAgree(world, kept);
}

function must(holds: boolean, say: () => string): void {
	if (!holds) throw new Error(say());
}

/** Nothing a person wrote is gone: it is received, or in the tray of the phone it was written on. */
function everyIntentionIsAnswered({ intended, strays, phones }: World): void {
	for (const [mid, phone] of strays)
		must(
			phone.push.disk.items.some((one) => one.mid === mid),
			() => `${mid}, an id of another's, is gone`
		);
	for (const { mid, phone, dropped } of intended.values()) {
		if (dropped) continue;
		const item = phones[phone]!.push.disk.items.find((one) => one.mid === mid);
		must(item?.state === 'received' || item?.state === 'tray', () => `${mid} is ${item?.state ?? 'gone'}`);
	}
}

/** What a phone was told is what the server holds: once, and with its words where people find them. */
function everyAnswerIsTrue(world: World, { mutations, rows }: Kept): void {
	const { server, phones, intended } = world;
	const settled = new Map(server.settled.map((one) => [`${one.account} ${one.mid}`, one]));
	must(settled.size === server.settled.length, () => 'a change was settled twice');
	for (const [mid, times] of server.writes) must(times === 1, () => `${mid} was applied ${times} times`);
	for (const { account, push } of phones) {
		for (const { mid, scope, name, args, state, code, receipt } of push.disk.items) {
			const kept = mutations.get(`${account} ${mid}`);
			if (name === 'none') continue;
			if (state === 'received') {
				must(kept?.ack.status === 'done', () => `${mid} was said to be received: ${JSON.stringify(kept)}`);
				must(kept!.hash === hashOf({ scope, name, args }), () => `${mid} stands for other words`);
				must(
					receipt?.no === kept!.ack.receipt?.no && receipt?.at === kept!.ack.receipt?.at,
					() => `${mid}: receipt`
				);
				if (kept!.ack.ver !== undefined) must(server.writes.get(mid) === 1, () => `${mid} was not applied`);
			} else if (code !== 'too_large' && code !== 'mid_reuse')
				must(kept?.ack.code === code && code !== undefined, () => `${mid} in the tray: ${code}`);
		}
	}
	for (const one of intended.values()) {
		const kept = mutations.get(`${one.account} ${one.mid}`);
		if (one.dropped || kept?.ack.status !== 'done' || kept.hash !== one.hash || one.text === null) continue;
		const beside = kept.ack.beside?.includes('text') ?? false;
		const there = rows.get(one.scope);
		if (one.name === 'note.put') wordsAreThere(world, { one, beside, row: there?.get(`note ${one.id}`) });
		else if (one.name === 'draft.write')
			must(
				wordsOfDraft(there?.get(`writing ${one.id}`)?.v).includes(one.text),
				() => `the words of ${one.mid} are gone from the draft`
			);
		else {
			const t = one.name === 'views.send' ? 'submission' : 'message';
			const row = there?.get(`${t} ${one.id}`);
			must(
				row?.ver === kept.ack.ver && JSON.stringify(row?.v).includes(one.text),
				() => `${one.mid} was sent: ${t}`
			);
		}
	}
}

type Standing = { one: Intended; beside: boolean; row: StoredRow | undefined };
/**
 * They stand in the note, or somebody who had them in front of them wrote over them or deleted the note. A server that forgot a number, or
 * never got one (too large), cannot tell a phone from its copy while their numbers happen to fit, nor one of three alike when another of
 * them has brought what would have shown it: there, and only there, one counts as the other.
 */
function wordsAreThere(world: World, { one, beside, row }: Standing): void {
	const { server, intended, phones, tooLarge } = world;
	const rootOf = ({ phone }: Intended) => phones[phone]!.root;
	const alike = phones.filter((phone) => phone.root === rootOf(one)).length;
	const blurred = server.lives > 1 || tooLarge.size > 0 || alike > 2;
	if (row && !row.deleted && wordsOf(row.v).includes(one.text!)) return;
	const knowing = server.settled.some(({ mid, hash, ack }) => {
		const other = intended.get(mid);
		if (other?.hash !== hash || other.id !== one.id || other === one || ack.status !== 'done') return false;
		const asOne = blurred && rootOf(other) === rootOf(one);
		if (!asOne && !other.seen.has(one.text!)) return false;
		if (other.name === 'note.delete') return row?.deleted;
		// What stands beside other words is never written over.
		return !beside && other.text !== null && !ack.beside?.includes('text');
	});
	must(knowing, () => `the words of ${one.mid} are gone from ${one.id}, and nobody who did it had seen them`);
}

/**
 * What was written on one phone is settled in the order in which it was written. Not where a phone had to number anew and the server forgot:
 * under its new id nothing is missing below what it writes next, so that goes first, and what was forgotten follows.
 */
function theOrderIsKept({ server, intended, tooLarge, numbersAnew }: World): void {
	if (server.lives > 1 && (numbersAnew || tooLarge.size > 0)) return;
	const last = new Map<number, number>();
	for (const { mid, hash } of server.settled) {
		const one = intended.get(mid);
		if (one?.hash !== hash || one.dropped || tooLarge.has(mid)) continue;
		must((last.get(one.phone) ?? -1) < one.nth, () => `${mid} overtook what was written before it`);
		last.set(one.phone, one.nth);
	}
}

function phonesAgree({ phones }: World, kept: Kept): void {
	for (const { account, held, index } of phones) {
		for (const scope of scopesOf(account)) {
			const live = [...(kept.rows.get(scope) ?? [])].filter(([, row]) => !row.deleted);
			const there = JSON.stringify(
				live.map(([place, { ver, v }]) => ({ place, ver, v: orderedJson(v) })).sort(byPlace)
			);
			const rows = [...(held.get(scope)?.rows ?? [])].map(([place, { ver, v }]) => ({
				place,
				ver,
				v: orderedJson(v)
			}));
			must(JSON.stringify(rows.sort(byPlace)) === there, () => `phone ${index} differs in ${scope}`);
		}
	}
}
const byPlace = (a: { place: string }, b: { place: string }) => (a.place < b.place ? -1 : 1);
