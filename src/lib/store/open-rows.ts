import type { OpenRow } from './family-store.ts';
import type { KeyCore } from './keys/key-core.ts';
import type { SealedRowV1, WrappedKeyV1 } from './schema/v001.ts';

/** Opens rows as they were read, in their order, and leaves out each that does not open. One question for each scope. */
export async function openRows(
	{ core, keys }: { core: KeyCore; keys: readonly WrappedKeyV1[] },
	sealed: readonly SealedRowV1[]
): Promise<OpenRow[]> {
	const values = new Map<SealedRowV1, unknown>();
	await Promise.all(
		[...Map.groupBy(sealed, (row) => row.scope)].map(async ([scope, part]) => {
			const key = keys.find((one) => one.id === scope && one.wrapping === 'profile' && one.by === '');
			const opened = key ? await core.open(key, part).catch(() => []) : [];
			part.forEach((row, at) => opened[at] && values.set(row, opened[at].v));
		})
	);
	return sealed.flatMap((row) => {
		const { scope, t, id, ver, sv } = row;
		return values.has(row) ? [{ scope, t, id, ver, sv, v: values.get(row) }] : [];
	});
}
