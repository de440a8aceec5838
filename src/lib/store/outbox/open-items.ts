import { liveQuery, type Subscription } from 'dexie';
import type { OutboxRow } from '../db.ts';
import type { OutboxItem } from '../outbox.ts';
import type { Session } from '../profile-session.ts';
import { itemOf, type Words } from './item.ts';
import { openWords } from './words.ts';

type Parts = Pick<Session, 'db' | 'sealer'> & { changed: () => void; lost: () => void };
type Held = { item: OutboxItem | null; mark: string };

/** Everything of a row that an item shows, but for its words, which never change under one id. */
const markOf = ({ seq, scope, name, at, offered, ack, envelope }: OutboxRow) =>
	JSON.stringify([seq, scope, name, at, offered, ack, envelope !== undefined]);

/** The profile's outbox, opened in memory. Follows every change, of other tabs too; words are opened outside transactions. */
export function createOpenItems({ db, sealer, changed, lost }: Parts) {
	const words = new Map<string, Words>();
	let held = new Map<string, Held>();
	let list: readonly OutboxItem[] = NOTHING;
	let watch: Subscription | null = null;
	let latest: readonly OutboxRow[] | null = null;
	let working: Promise<void> | null = null;

	const read = () => db.outbox.orderBy('seq').toArray();

	async function follow(rows: readonly OutboxRow[]) {
		const shut = rows.filter(({ mid }) => !words.has(mid));
		const opened = await openWords(sealer, shut);
		shut.forEach(({ mid }, at) => opened[at] && words.set(mid, opened[at]));
		const next = new Map<string, Held>();
		for (const row of rows) {
			const mark = `${markOf(row)} ${words.has(row.mid)}`;
			const before = held.get(row.mid);
			next.set(
				row.mid,
				before?.mark === mark ? before : { item: itemOf(row, words.get(row.mid) ?? null), mark }
			);
		}
		for (const mid of words.keys()) if (!next.has(mid)) words.delete(mid);
		held = next;
		publish([...next.values()].flatMap(({ item }) => item ?? []));
	}

	function publish(items: readonly OutboxItem[]) {
		if (items.length === list.length && items.every((item, at) => item === list[at])) return;
		list = items;
		changed();
	}

	async function work() {
		while (latest) {
			const rows = latest;
			latest = null;
			await follow(rows);
		}
	}

	function take(rows: readonly OutboxRow[]): Promise<void> {
		latest = rows;
		working ??= work().finally(() => (working = null));
		return working;
	}

	return {
		items: () => list,
		/** Resolves when everything is open. */
		async start() {
			await take(await read());
			watch = liveQuery(read).subscribe({ next: (rows) => void take(rows).catch(lost), error: lost });
		},
		/** Waits until what is on disk now is in memory. */
		async settle() {
			await take(await read());
		},
		stop() {
			watch?.unsubscribe();
			words.clear();
			held.clear();
			list = NOTHING;
		}
	};
}

export type OpenItems = ReturnType<typeof createOpenItems>;
const NOTHING: readonly OutboxItem[] = [];
