import { userScope } from '#contract/scope.ts';
import type { OpenCase } from '../open-case/open-case.svelte.ts';
import { fillTyped, readTyped } from './typed-words.ts';

/** One row: a person types in one place at a time. */
const ID = 'typed';

/** Pages where only secrets are typed. */
const NEVER = /^\/app\/(lock|sign-in)(\/|$)/;

/** Before the lock falls: seals what stands in the forms of this page. A phone that is full locks all the same. */
export async function keepTyped(open: OpenCase, path: string): Promise<void> {
	if (NEVER.test(path)) return;
	const fields = readTyped();
	if (Object.keys(fields).length === 0) return;
	const { store } = open.parts;
	const { id } = await store.begin();
	await store.put([{ scope: userScope(id), t: 'typed', id: ID, v: { path, fields } }]);
}

/** After it was opened, on the same page: gives the words back and forgets the row. On another page the row waits for its own. */
export function giveTypedBack(open: OpenCase, path: string): () => void {
	const row = open.family?.known.typed.find((one) => one.id === ID);
	if (!row || row.v.path !== path) return () => {};
	const { scope, id } = row;
	return fillTyped(
		row.v.fields,
		() => void open.parts.store.remove([{ scope, t: 'typed', id }]).catch(() => undefined)
	);
}
