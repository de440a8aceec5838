import { isKnownRow, ROW_SHAPES, type RowType, type RowValue } from '#contract/rows.ts';
import type { OpenRow } from '#store/family-store.ts';

/** A row whose value was checked against its shape. `local`: it was typed on this phone and belongs to the family alone. */
export type Known<T extends RowType> = {
	id: string;
	scope: string;
	ver: number;
	local: boolean;
	v: RowValue<T>;
};
export type KnownRows = { [T in RowType]: Known<T>[] };

/** Rows rarely change and parsing them all at each change would be felt on a slow phone: one check per row object. */
const checked = new WeakMap<OpenRow, Known<RowType> | null>();

function check(row: OpenRow): Known<RowType> | null {
	const before = checked.get(row);
	if (before !== undefined) return before;
	const known = isKnownRow(row)
		? ({ id: row.id, scope: row.scope, ver: row.ver, local: isLocal(row.scope), v: row.v } as Known<RowType>)
		: null;
	checked.set(row, known);
	return known;
}

/** Own and user scopes hold what the family wrote; shared and ref scopes hold what the council wrote. */
export const isLocal = (scope: string) => /^case:[^:]+:own:|^user:/.test(scope);

/** The opened set, by type. Rows of another type or shape are left out here; the store keeps them. */
export function knownRows(rows: readonly OpenRow[]): KnownRows {
	const known = Object.fromEntries(Object.keys(ROW_SHAPES).map((t) => [t, [] as unknown[]])) as KnownRows;
	for (const row of rows) {
		const value = check(row);
		if (value) (known[row.t as RowType] as Known<RowType>[]).push(value);
	}
	return known;
}
