import type { Envelope } from '#contract/access/quarantine.ts';
import { scopeChecksum } from '#contract/sync/checksum.ts';
import type { PulledScope, PullRequest } from '#contract/sync/pull.ts';
import type { PushRequest } from '#contract/sync/push.ts';
import type { PullStore } from '#store/pull-store.ts';
import { pushAndPull } from '#sync/push-and-pull.ts';
import type { Post, Reply } from '#sync/transport.ts';
import { MemoryPushStore, type Disk } from '../../support/memory-push-store.ts';
import { PushServer, type ServerParts } from './push-server.ts';
import { CASE, FAM } from './server-memory.ts';

/** What can happen to one request. The first is what happens when nothing does. */
export const FAULTS = [
	'none',
	'lost-request',
	'lost-answer',
	'twice',
	'late',
	'died',
	'truncated',
	'portal',
	'wrong-json',
	'busy',
	'too-many',
	'too-large',
	'signed-out',
	'meanwhile',
	'at-once',
	'between',
	'typing'
] as const;
export type Fault = (typeof FAULTS)[number];

type Held = { cookie: number | null; rows: Map<string, { ver: number; v: Record<string, unknown> | null }> };
type Note = { id: string; scope: string };
/** What a person meant to happen, kept where no phone and no server can lose it. */
export type Intended = {
	mid: string;
	/** The phone it was written on, and the how manieth there. */
	phone: number;
	nth: number;
	account: string;
	scope: string;
	name: string;
	id: string;
	text: string | null;
	/** Words of the same note that its writer had in front of them. */
	seen: ReadonlySet<string>;
	/** As the server takes the sum of it. */
	hash: string;
	/** Taken back before it was sent, or thrown away by a person after it was refused. */
	dropped: boolean;
};

/** `id`: of the row, where the arguments do not name it. */
type Said = { scope: string; name: string; args: { id?: string }; text: string | null; id?: string };

class Killed extends Error {}

const offline: Reply = { ok: false, why: 'offline' };
const fine = (json: unknown): Reply => ({ ok: true, json, sent: 0, got: 0 });
const refused = (code: 'too_large' | 'too_many' | 'needs_sign_in'): Reply => ({
	ok: false,
	why: 'refused',
	code
});
const sealPlainly = async ({ kid }: { kid: string }, words: string, place: string): Promise<Envelope> => ({
	...{ v: 1, kid, epk: '', iv: '' },
	ct: JSON.stringify([place, words])
});

export type WorldParts = ServerParts & { nested?: boolean };

/** Phones of a few people and one server. Time is a counter, and nothing here waits. */
export class World {
	/** Phones make the texts of a draft inside another: what `contract/sync/writing.ts` forbids. */
	readonly nested: boolean;
	readonly server: PushServer;
	readonly phones: ModelPhone[] = [];
	readonly intended = new Map<string, Intended>();
	/** Changes under an id that stands for others already, by a fault of the phone. */
	readonly strays = new Map<string, ModelPhone>();
	readonly notes: Note[] = [];
	/** By words: what their writer had in front of them. */
	readonly seenBefore = new Map<string, ReadonlySet<string>>();
	/** Requests that were believed lost and still arrive. */
	late: { account: string; body: PushRequest }[] = [];
	backups: Awaited<ReturnType<PushServer['backup']>>[] = [];
	/** Refused by size, each alone: these may find their way later, out of their order. */
	readonly tooLarge = new Set<string>();
	/** Something happened that makes a phone take a new device id. */
	numbersAnew = false;
	#ids = 0;

	private constructor({ nested = false, ...parts }: WorldParts) {
		this.nested = nested;
		this.server = new PushServer(parts);
	}

	static async of(people: number, phones: number, parts: WorldParts = {}): Promise<World> {
		const world = new World(parts);
		const accounts = Array.from({ length: people }, () => world.id());
		await world.server.memory.lay(accounts);
		for (let phone = 0; phone < phones; phone++)
			world.phones.push(new ModelPhone(world, phone, accounts[phone % people]!));
		return world;
	}

	id = (): string => `00000000-0000-4000-8000-${(++this.#ids).toString(16).padStart(12, '0')}`;

	/** A copied phone: both hold the same, and neither knows. */
	copy(of: ModelPhone): void {
		this.numbersAnew = true;
		const copied = new ModelPhone(this, this.phones.length, of.account, structuredClone(of.push.disk));
		copied.root = of.root;
		copied.epoch = of.epoch;
		copied.held = structuredClone(of.held);
		copied.wrote = structuredClone(of.wrote);
		copied.drafts = structuredClone(of.drafts);
		this.phones.push(copied);
	}

	async arrive(which: number): Promise<void> {
		const [request] = this.late.splice(which % this.late.length, 1);
		if (request) await this.server.push(request.account, request.body);
	}

	/** Everything works again, for as long as it takes. False: it never came to rest. */
	async settle(): Promise<boolean> {
		for (const phone of this.phones) phone.push.locked = false;
		while (this.late.length > 0) await this.arrive(0);
		for (let round = 0; round < 12; round++) {
			let calm = true;
			for (const phone of this.phones) calm = (await phone.lap()) && phone.waiting() === 0 && calm;
			if (!calm) continue;
			for (const phone of this.phones) await phone.lap();
			return true;
		}
		return false;
	}
}

export class ModelPhone {
	readonly world: World;
	readonly index: number;
	readonly account: string;
	readonly push: MemoryPushStore;
	/** The phone that this one is a copy of, or itself. */
	root: number;
	epoch: string | null = null;
	held = new Map<string, Held>();
	/** Words that were written on this phone, by note. */
	wrote = new Map<string, Set<string>>();
	/** What this phone has of a draft, by scope. */
	drafts = new Map<string, Uint8Array>();
	/** An id that the next change gets, though it is another's. */
	borrowed: string | undefined;
	#nth = 0;
	#key: { kid: string; public: string } | null = null;
	#last: string | null = null;

	constructor(world: World, index: number, account: string, disk?: Disk) {
		this.world = world;
		this.index = index;
		this.root = index;
		this.account = account;
		this.push = new MemoryPushStore({
			newId: () => this.borrowed ?? world.id(),
			now: () => 0,
			seal: sealPlainly,
			...(disk ? { disk } : {})
		});
		this.#key = disk?.key ?? null;
	}

	waiting = (): number => this.push.disk.items.filter((item) => item.state === 'waiting').length;
	row = (scope: string, place: string) => this.held.get(scope)?.rows.get(place);

	async say({ scope, name, args, text, id = args.id! }: Said): Promise<void> {
		if (this.push.locked) return;
		const { mid } = await this.push.add({ scope, name, args });
		if (mid === this.borrowed) {
			this.borrowed = undefined;
			return void this.world.strays.set(mid, this);
		}
		const own = this.wrote.get(id) ?? new Set();
		const inFront = [...own, ...wordsOf(this.row(scope, `note ${id}`)?.v)];
		// Whoever reads words has what their writer read and replaced behind them.
		const { seenBefore } = this.world;
		const seen = new Set(inFront.flatMap((words) => [words, ...(seenBefore.get(words) ?? [])]));
		if (text) seenBefore.set(text, seen);
		if (text) this.wrote.set(id, own.add(text));
		const { index: phone, account } = this;
		const where = { mid, phone, nth: this.#nth++, account, scope, name, id };
		this.world.intended.set(mid, {
			...where,
			text,
			seen,
			hash: hashOf({ scope, name, args }),
			dropped: false
		});
	}

	/** A person takes it away. */
	dropped(mid: string): void {
		const one = this.world.intended.get(mid);
		if (this.world.strays.get(mid) === this) this.world.strays.delete(mid);
		else if (one?.phone === this.index) one.dropped = true;
	}

	/** One lap of the real client; true when it ended well. `kill`: dies at that await. */
	async lap(faults: Fault[] = [], kill = Infinity): Promise<boolean> {
		let left = kill;
		const tick = () => {
			if (--left < 0) throw new Killed();
		};
		const store = {
			push: mortal(this.push, tick),
			pull: mortal(this.pull, tick),
			lastPull: () => this.#last
		};
		const post: Post = async (path, body) => {
			tick();
			const reply = await this.#post(path, JSON.parse(JSON.stringify(body)), faults.shift() ?? 'none');
			tick();
			return reply;
		};
		try {
			return (await pushAndPull({ store, post, now: () => 0 })).why === 'done';
		} catch (error) {
			if (error instanceof Killed) return false;
			throw error;
		}
	}

	async #post(path: string, body: unknown, fault: Fault): Promise<Reply> {
		const { world, account } = this;
		const pushing = path === '/api/sync/push';
		if (fault === 'lost-request' || fault === 'portal') return offline;
		if (fault === 'busy') return { ok: false, why: 'unavailable', retryAfter: 9 };
		if (fault === 'too-many') return refused('too_many');
		if (fault === 'signed-out') return refused('needs_sign_in');
		if (fault === 'late' && pushing) {
			world.late.push({ account, body: body as PushRequest });
			return offline;
		}
		const another = () => world.phones[(this.index + 1) % world.phones.length]!.lap();
		if (fault === 'meanwhile') await another();
		if (fault === 'at-once') {
			const other = world.late.length > 0 ? world.arrive(0) : another();
			return (await Promise.all([this.#reach(pushing, body), other]))[0];
		}
		if (fault === 'typing') await writeNote(this, 1);
		if (fault === 'twice') await this.#reach(pushing, body);
		const answer = await this.#reach(pushing, body, fault);
		if (fault === 'lost-answer' || fault === 'truncated') return offline;
		if (fault === 'wrong-json') return fine({ serverTime: '', lastSeq: 'many', acks: 1 });
		return answer;
	}

	async #reach(pushing: boolean, body: unknown, fault: Fault = 'none'): Promise<Reply> {
		const { world } = this;
		const { server, tooLarge } = world;
		if (!pushing) {
			const between = fault === 'between' ? () => world.arrive(0) : undefined;
			return fine(await server.pull(this.account, body as PullRequest, between));
		}
		const ask = body as PushRequest;
		const crash = fault === 'died' ? Math.floor(ask.mutations.length / 2) : Infinity;
		const said = fault === 'too-large' ? 'too_large' : await server.push(this.account, ask, crash);
		if (said === 'died') return { ok: false, why: 'unavailable' };
		if (said !== 'too_large') return fine(said);
		if (ask.mutations.length === 1) tooLarge.add(ask.mutations[0]!.mid);
		return refused('too_large');
	}

	/** The rows, as small as they can be: `pull-model.test.ts` has the real ones. */
	readonly pull: PullStore = {
		position: async () => {
			if (this.push.locked) return null;
			const scopes = [...this.held].map(([id, { cookie }]) => ({ id, cookie }));
			return { deviceId: this.push.disk.deviceId, epoch: this.epoch, signedIn: true, scopes };
		},
		openAccount: async () => undefined,
		closeAccount: async () => undefined,
		enterEpoch: async (epoch) => {
			this.epoch = epoch;
			for (const scope of this.held.values()) scope.cookie = null;
		},
		expect: () => undefined,
		applyPage: async (page) => this.#apply(page),
		settleScopes: async ({ granted, revoked }) => {
			for (const id of revoked) this.held.delete(id);
			for (const id of granted) this.held.set(id, { cookie: null, rows: new Map() });
		},
		keepServerKey: async (key) => void (this.#key = key),
		serverKey: async () => this.#key,
		pulled: async (at) => void (this.#last = at)
	};

	#apply({ id, from, to, reset, patch, checksum }: PulledScope): 'done' | 'stale' {
		const scope = this.held.get(id)!;
		if (!reset && (scope.cookie === null || from !== scope.cookie)) return 'stale';
		if (reset) scope.rows = new Map();
		for (const { op, t, id: row, ver, v } of patch) {
			if (op === 'del') scope.rows.delete(`${t} ${row}`);
			else scope.rows.set(`${t} ${row}`, { ver, v: v as Record<string, unknown> });
		}
		scope.cookie = to;
		// A phone reads a scope anew whose sum differs; a server that keeps its promises never makes it.
		const sum = scopeChecksum([...scope.rows].map(([place, { ver }]) => ({ ...placed(place), ver })));
		if (checksum !== undefined && checksum !== sum) throw new Error(`the checksum of ${id} differs`);
		return 'done';
	}
}

const placed = (place: string) => ({ t: place.split(' ')[0]!, id: place.split(' ')[1]! });

export const hashOf = ({ scope, name, args }: { scope: string; name: string; args: unknown }): string =>
	`${scope} ${name} ${JSON.stringify({ sv: 1, args })}`;

/** All words that stand in a note, those beside the others too. */
export function wordsOf(v: Record<string, unknown> | null | undefined): string[] {
	const others = (v?.['others'] ?? []) as { fields: { text?: string } }[];
	const words = [v?.['text'] as string | undefined, ...others.map(({ fields }) => fields.text)];
	return words.filter((one): one is string => !!one);
}

/** A new note; how long, and whether others read it, hangs on `n`. */
export async function writeNote(on: ModelPhone, n: number): Promise<void> {
	const { world, account } = on;
	const id = world.id();
	const scope = n % 3 === 0 ? `case:${CASE}:own:${account}` : FAM;
	const text = `words ${id}${'.'.repeat(n % 16 === 15 ? 5_000 : n % 4 === 3 ? 600 : 0)}`;
	world.notes.push({ id, scope });
	await on.say({
		scope,
		name: 'note.put',
		args: { id, baseVer: null, patch: { text, on: '2026-11-25' } } as never,
		text
	});
}

/** Every method is an await at which the phone may die, before its write or after it. */
const mortal = <T extends object>(of: T, tick: () => void): T =>
	new Proxy(of, {
		get(target, key) {
			const method: unknown = Reflect.get(target, key);
			if (typeof method !== 'function') return method;
			return async (...given: unknown[]) => {
				tick();
				const done: unknown = await Reflect.apply(method, target, given);
				tick();
				return done;
			};
		}
	});
