import type { Envelope } from '#contract/access/quarantine.ts';
import { placeOfMutation, type Ack } from '#contract/sync/push.ts';
import type { Receipt } from '#contract/sync/sending.ts';
import type { ServerKey } from '#store/keys/envelope.ts';
import type { Offer, Outbox, OutboxItem, PushStore } from '#store/outbox.ts';
import { createSignal } from '#store/signal.ts';
import { sealFor } from './seal-for.ts';

/** What a phone keeps of one change. `none`: taken back or thrown away, only its number is left to be said. */
export type KeptItem = {
	mid: string;
	seq: number;
	scope: string;
	name: string;
	args: unknown;
	at: string;
	envelope: Envelope | null;
	state: 'waiting' | 'received' | 'tray';
	offered: boolean;
	code?: string;
	receipt?: Receipt;
	answeredAt?: string;
};
/** All that survives a kill, and all that a copy of the phone takes along. */
export type Disk = {
	deviceId: string;
	signedIn: boolean;
	next: number;
	key: ServerKey | null;
	items: KeptItem[];
};
type Parts = {
	disk?: Disk;
	newId?: () => string;
	now?: () => number;
	seal?: (key: ServerKey, words: string, place: string) => Promise<Envelope>;
};

const bySeq = (a: KeptItem, b: KeptItem) => a.seq - b.seq;
const DAYS_30 = 30 * 24 * 60 * 60 * 1000;

/** The outbox as `src/lib/store/outbox.ts` describes it, in plain memory. Each method writes in one go, as a transaction does. */
export class MemoryPushStore implements PushStore, Outbox {
	disk: Disk;
	locked = false;
	readonly #signal = createSignal();
	readonly #newId: () => string;
	readonly #now: () => number;
	readonly #seal: NonNullable<Parts['seal']>;

	constructor({ disk, newId = () => crypto.randomUUID(), now = Date.now, seal = sealFor }: Parts = {}) {
		this.disk = disk ?? { deviceId: newId(), signedIn: true, next: 1, key: null, items: [] };
		this.#newId = newId;
		this.#now = now;
		this.#seal = seal;
	}

	subscribe = this.#signal.subscribe;

	items(): readonly OutboxItem[] {
		if (this.locked) return [];
		return this.disk.items
			.filter((one) => one.name !== 'none')
			.map(({ envelope, ...item }) => ({ ...item, unsealed: envelope === null }));
	}

	async add(
		{ scope, name, args }: { scope: string; name: string; args: unknown },
		instead?: string
	): Promise<OutboxItem> {
		if (this.locked) throw new Error('locked');
		const at = new Date(this.#now()).toISOString();
		const old = this.#waiting().find((one) => one.mid === instead && !one.offered && one.name !== 'none');
		const item: KeptItem = {
			...{ mid: this.#newId(), seq: old?.seq ?? this.disk.next, scope, name, args, at },
			...{ envelope: null, state: 'waiting', offered: false }
		};
		if (this.disk.key) item.envelope = await this.#sealed(item, this.disk.key);
		if (old) this.disk.items = this.disk.items.map((one) => (one === old ? item : one));
		else {
			this.disk.next = item.seq + 1;
			this.disk.items.push(item);
		}
		this.#signal.emit();
		return { ...item, unsealed: item.envelope === null };
	}

	async cancel(mid: string): Promise<boolean> {
		const item = this.disk.items.find((one) => one.mid === mid && one.state === 'waiting');
		if (!item || item.offered || this.locked) return false;
		// A new id: a copy of this phone may still send the words under the old one.
		Object.assign(item, { mid: this.#newId(), name: 'none', args: {} });
		item.envelope = this.disk.key ? await this.#sealed(item, this.disk.key) : null;
		this.#signal.emit();
		return true;
	}

	async discard(mid: string): Promise<void> {
		const item = this.disk.items.find((one) => one.mid === mid && one.state === 'tray');
		if (!item) return;
		// Its number stays settled: a server that forgot it finds no gap when it is told again.
		Object.assign(item, { mid: this.#newId(), name: 'none', args: {}, state: 'received' });
		item.envelope = this.disk.key && (await this.#sealed(item, this.disk.key));
		this.#signal.emit();
	}

	async offer(most: number, bytes: number): Promise<Offer | null> {
		if (!this.disk.signedIn) return null;
		const mutations: Offer['mutations'] = [];
		let room = bytes;
		for (const item of this.#waiting()) {
			const { mid, seq, scope, name, envelope } = item;
			// Nothing overtakes what has no envelope or no number yet.
			if (!envelope || seq < 1 || mutations.length === most) break;
			room -= JSON.stringify(envelope).length;
			if (room < 0 && mutations.length > 0) break;
			item.offered = true;
			mutations.push({ mid, seq, scope, name, envelope });
		}
		return mutations.length > 0 ? { deviceId: this.disk.deviceId, mutations } : null;
	}

	async acknowledge(acks: readonly Ack[], at: string): Promise<void> {
		for (const { mid, seq, status, code, receipt } of acks) {
			const item = this.#waiting().find((one) => one.mid === mid && one.seq === seq);
			if (!item) continue;
			item.state = status === 'done' || item.name === 'none' ? 'received' : 'tray';
			item.answeredAt = at;
			delete item.code;
			if (item.state === 'tray' && code !== undefined) item.code = code;
			if (receipt) item.receipt = receipt;
		}
		this.#signal.emit();
	}

	async acked(): Promise<number> {
		return Math.max(0, (this.#waiting()[0]?.seq ?? this.disk.next) - 1);
	}

	async seal(key: ServerKey, unopened?: string): Promise<number> {
		if (this.locked) return 0;
		this.disk.key = key;
		if (this.#waiting().some(({ seq }) => seq < 1)) await this.fork();
		const old = this.#waiting().filter(({ mid, envelope }) => envelope?.kid !== key.kid || mid === unopened);
		const envelopes = await Promise.all(old.map((item) => this.#sealed(item, key)));
		old.forEach((item, at) => (item.envelope = envelopes[at]!));
		return old.length;
	}

	/** What was answered keeps its order below 1. */
	async fork(): Promise<boolean> {
		if (this.locked) return false;
		const { key, next: unused } = this.disk;
		let next = 1;
		const numbered = ({ state, seq }: KeptItem) => (state === 'waiting' ? next++ : seq - unused + 1);
		const items = this.disk.items.map((item) => ({ ...item, seq: numbered(item) }));
		for (const item of items)
			if (item.state === 'waiting') item.envelope = key && (await this.#sealed(item, key));
		this.disk = { ...this.disk, deviceId: this.#newId(), next, items: items.sort(bySeq) };
		this.#signal.emit();
		return true;
	}

	/** From 1 on, what was answered under an earlier device id waits too, until `seal` numbers everything anew. */
	async reoffer(from: number): Promise<void> {
		for (const item of this.disk.items) {
			const missed = item.seq >= from || from === 1;
			if (item.name === 'none' ? from > 1 && item.seq === from : missed) item.state = 'waiting';
		}
		this.#signal.emit();
	}

	/** A later life of this phone has said more than it knows of. */
	async checkpoint(lastSeq: number): Promise<boolean> {
		if (this.locked || lastSeq < this.disk.next || this.#waiting().length > 0) return false;
		this.disk.next = lastSeq + 1;
		return true;
	}

	async prune(now: number): Promise<void> {
		const old = ({ state, answeredAt }: KeptItem) =>
			state === 'received' && Date.parse(answeredAt!) < now - DAYS_30;
		this.disk.items = this.disk.items.filter((item) => !old(item));
	}

	#waiting(): KeptItem[] {
		return this.disk.items.filter((item) => item.state === 'waiting');
	}

	#sealed(item: KeptItem, key: ServerKey): Promise<Envelope> {
		return this.#seal(key, JSON.stringify({ sv: 1, args: item.args }), placeOfMutation(item));
	}
}
