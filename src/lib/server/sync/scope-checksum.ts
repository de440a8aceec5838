import { scopeChecksum } from '#contract/sync/checksum.ts';
import type { Tx } from '../db/transaction.ts';

/** About a thousand families at once; an entry is some 100 bytes. */
const KEPT = 5_000;
const kept = new Map<string, string>();

/** The checksum of a scope's live rows at the version that this snapshot sees. A version never changes, so it is kept. */
export async function checksumAt(tx: Tx, scope: { id: string; ver: number }, epoch: string): Promise<string> {
	const key = `${epoch} ${scope.id} ${scope.ver}`;
	const known = kept.get(key);
	if (known !== undefined) return known;
	const rows = await tx
		.selectFrom('scope_row')
		.select(['t', 'id', 'ver'])
		.where('scope_id', '=', scope.id)
		.where('deleted', '=', false)
		.execute();
	const sum = scopeChecksum(rows);
	if (kept.size >= KEPT) kept.delete(kept.keys().next().value!);
	kept.set(key, sum);
	return sum;
}
