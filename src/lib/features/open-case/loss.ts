import { CANARY_ROW, userScope } from '#contract/scope.ts';
import type { FamilyStore } from '#store/family-store.ts';
import { inUse, remember } from './in-use.ts';

/**
 * Whether this phone lost what was kept on it: the browser cleared its storage, or an old copy of it was put back. Two things are kept in two
 * places: profiles that were in use, by their random ids, beside the database; and one row that is always the same, inside. Where the
 * first is there and the second is not, the rest is gone too, and that is said in words instead of looking like a new phone.
 */
const SAYS = 'This phone is in use.';

type Looked = Pick<FamilyStore, 'state' | 'profile' | 'rows' | 'put' | 'lock' | 'subscribe'>;

/** Writes the row where there is none yet. Answers only for a phone whose rows are all there to be read. */
export async function lostHere(store: Looked): Promise<boolean> {
	const here = await store.lock?.profiles();
	// Read after every wait: a person may have said meanwhile that they know.
	if (here && inUse().some((id) => !here.some((one) => one.id === id))) return true;
	const me = store.profile()?.id;
	if (!me) return false;
	if (!store.rows().some((row) => row.t === CANARY_ROW && row.scope === userScope(me))) {
		if (inUse().includes(me)) return true;
		await store.put([{ scope: userScope(me), t: CANARY_ROW, id: CANARY_ROW, v: { says: SAYS } }]);
	}
	if (!inUse().includes(me)) remember([...inUse(), me]);
	return false;
}

/** It was read: from now on this is the phone, with what is on it. */
export async function beginAgain(store: Looked): Promise<void> {
	// First: whoever looks meanwhile finds a phone that nobody knew.
	remember([]);
	await lostHere(store);
}

/** Looks now and whenever another profile is open or its row is gone or there, one look at a time; a change during a look is looked at after it. */
export function watchLoss(store: Looked, tell: (lost: boolean) => void): () => void {
	let looking = false;
	let again = false;
	/** The store calls for every key that is kept. What this hangs on changes a few times in a phone's life. */
	const markOf = () => {
		const me = store.profile()?.id ?? '';
		const canary =
			me !== '' && store.rows().some((row) => row.t === CANARY_ROW && row.scope === userScope(me));
		return `${store.state()} ${me} ${canary}`;
	};
	let mark = '';
	async function look(): Promise<void> {
		again = looking;
		if (looking || store.state() !== 'open') return;
		looking = true;
		try {
			const lost = await lostHere(store);
			if (store.state() === 'open') tell(lost);
		} catch {
			// No room for one more row, or a lock that fell meanwhile: the next change is looked at again.
			mark = '';
		} finally {
			looking = false;
		}
		if (again) await look();
	}
	function changed(): void {
		const now = markOf();
		if (now === mark) return;
		mark = now;
		void look();
	}
	changed();
	return store.subscribe(changed);
}
