import * as Y from 'yjs';
import { questionRoot, SKIPPED_ROOT } from '#contract/draft-roots.ts';
import type { ModelPhone } from './push-world.ts';
import { CASE, FAM } from './server-memory.ts';

const FORM = 'annual-review';
const QUESTION = 'about';

/**
 * A few more words in a draft, on top of what this phone has of it. `nested`: in a text that the phone makes inside the one map it may use,
 * as none of ours does: two phones that both make it apart lose the words of one.
 */
export async function writeDraft(
	on: ModelPhone,
	{ shared, nested }: { shared: boolean; nested: boolean }
): Promise<void> {
	if (on.push.locked) return;
	const scope = shared ? FAM : `case:${CASE}:own:${on.account}`;
	const doc = new Y.Doc();
	const id = on.world.id();
	doc.clientID = Number.parseInt(id.slice(-8), 16);
	const text = ` draft ${id}`;
	const row = on.row(scope, `writing ${FORM}`)?.v as { state: string } | undefined;
	if (row) Y.applyUpdate(doc, Buffer.from(row.state, 'base64'));
	const mine = on.drafts.get(scope);
	if (mine) Y.applyUpdate(doc, mine);
	textOf(doc, nested).insert(0, text);
	const update = Y.encodeStateAsUpdate(doc);
	on.drafts.set(scope, update);
	const args = { form: FORM, version: 1, update: Buffer.from(update).toString('base64') };
	await on.say({ scope, name: 'draft.write', args: args as never, text, id: FORM });
}

function textOf(doc: Y.Doc, nested: boolean): Y.Text {
	if (!nested) return doc.getText(questionRoot(QUESTION));
	const inside = doc.getMap<Y.Text>(SKIPPED_ROOT);
	if (!inside.has(QUESTION)) inside.set(QUESTION, new Y.Text());
	return inside.get(QUESTION)!;
}

/** All words that people find in a draft, wherever in it they stand. */
export function wordsOfDraft(v: Record<string, unknown> | null | undefined): string {
	if (!v) return '';
	const doc = new Y.Doc();
	Y.applyUpdate(doc, Buffer.from(v['state'] as string, 'base64'));
	const nested = doc.getMap<Y.Text>(SKIPPED_ROOT).get(QUESTION)?.toString() ?? '';
	return doc.getText(questionRoot(QUESTION)).toString() + nested;
}
