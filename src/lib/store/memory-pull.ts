import type { PulledScope } from '#contract/sync/pull.ts';
import { isKnownRow } from '#contract/rows.ts';
import { scopeChecksum } from '#contract/sync/checksum.ts';
import type { OpenRow } from './family-store.ts';
import type { PageOutcome, Position, PullStore } from './pull-store.ts';

/**
 * Online only: the browser keeps nothing, so what the server sends lives as long as the page. Reading a case from the
 * council works; nothing a family types is taken, because it would not survive.
 */
export function createMemoryPull(changed: () => void) {
	const scopes = new Map<string, { cookie: number | null; rows: Map<string, OpenRow> }>();
	const position: Omit<Position, 'scopes'> = { deviceId: crypto.randomUUID(), epoch: null, signedIn: false };
	let list: readonly OpenRow[] = [];
	let account: string | undefined;
	let last: string | null = null;

	const grant = (ids: readonly string[]) => {
		for (const id of ids) if (!scopes.has(id)) scopes.set(id, { cookie: null, rows: new Map() });
	};
	function publish() {
		list = [...scopes.values()].flatMap(({ rows }) => [...rows.values()].filter(isKnownRow));
		changed();
	}
	function apply(page: PulledScope, first: boolean): PageOutcome {
		const held = scopes.get(page.id);
		if (!held) return 'gone';
		if (!page.reset && (held.cookie === null || page.from !== held.cookie)) return 'stale';
		if (page.reset && first) held.rows = new Map();
		for (const { op, t, id, ver, sv, v } of page.patch) {
			const name = `${t}\n${id}`;
			if (ver <= (held.rows.get(name)?.ver ?? -1)) continue;
			if (op === 'del') held.rows.delete(name);
			else held.rows.set(name, { scope: page.id, t, id, ver, sv, v: v ?? null });
		}
		if (page.next) return 'more';
		const whole = !page.checksum || page.checksum === scopeChecksum(held.rows.values());
		held.cookie = whole ? page.to : null;
		return whole ? 'done' : 'mismatch';
	}
	const pull: PullStore = {
		position: async () => ({
			...position,
			scopes: [...scopes].map(([id, { cookie }]) => ({ id, cookie }))
		}),
		async openAccount({ userId, scopes: ids }) {
			account = userId;
			position.signedIn = true;
			grant(ids);
		},
		async closeAccount() {
			position.signedIn = false;
		},
		async enterEpoch(epoch) {
			if (position.epoch === epoch) return;
			position.epoch = epoch;
			for (const held of scopes.values()) held.cookie = null;
		},
		expect: () => undefined,
		applyPage: async (page, first) => apply(page, first),
		async settleScopes({ granted, revoked }) {
			for (const id of revoked) if (!granted.includes(id)) scopes.delete(id);
			grant(granted);
		},
		// Nothing typed is kept here, so nothing waits to be sealed.
		keepServerKey: async () => undefined,
		serverKey: async () => null,
		async pulled(at) {
			last = at;
			publish();
		}
	};
	return {
		pull,
		rows: () => list,
		lastPull: () => last,
		profile: () => (account ? { id: account, userId: account } : null),
		clear() {
			scopes.clear();
			account = undefined;
			last = null;
			position.signedIn = false;
			publish();
		}
	};
}
