import { orderedJson } from '#contract/ordered-json.ts';
import { refScope } from '#contract/scope.ts';
import type { RowValue } from '#contract/rows.ts';
import type { Tx } from '../db/transaction.ts';
import { writeScope, rowsOf, type RowDraft, type Written } from './scope-writer.ts';

export type Council = {
	code: string;
	name: string;
	successorOf?: string;
	settings?: Record<string, unknown>;
};

/** The scope of a council's telephone lines and promises. */
export const peopleScope = (council: string) => refScope(council, 'people');

/** Makes or renames a council and publishes its row. `value` adds promises and the demo mark (contract/rows councilShape). */
export async function putCouncil(
	tx: Tx,
	council: Council,
	value: Omit<RowValue<'council'>, 'name'> = {}
): Promise<Written> {
	const row = {
		code: council.code,
		name: council.name,
		successor_of: council.successorOf ?? null,
		settings: orderedJson(council.settings ?? {})
	};
	await tx
		.insertInto('council')
		.values(row)
		.onConflict((at) => at.column('code').doUpdateSet(row))
		.execute();
	return writeScope(tx, peopleScope(council.code), [
		{ t: 'council', id: council.code, v: { ...value, name: council.name } }
	]);
}

export async function councils(tx: Tx): Promise<{ code: string; name: string }[]> {
	return tx.selectFrom('council').select(['code', 'name']).orderBy('code').execute();
}

/** Writes a council's telephone lines. With `replace`, lines that are not given are taken away. */
export async function setLines(
	tx: Tx,
	council: string,
	{ lines, replace = false }: { lines: { id: string; v: RowValue<'line'> }[]; replace?: boolean }
): Promise<Written> {
	const scope = peopleScope(council);
	const drafts: RowDraft[] = lines.map(({ id, v }) => ({ t: 'line', id, v }));
	if (replace) {
		const given = new Set(lines.map((line) => line.id));
		const gone = (await rowsOf(tx, scope, 'line')).filter((row) => !given.has(row.id));
		drafts.push(...gone.map((row) => ({ t: 'line', id: row.id, v: null })));
	}
	return writeScope(tx, scope, drafts);
}
