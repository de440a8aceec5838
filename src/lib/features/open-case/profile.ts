import { newestForm } from '#contract/forms.ts';
import type { RowValue } from '#contract/rows.ts';
import { ownScope } from '#contract/scope.ts';
import type { Child } from './children.ts';
import type { OpenCase } from './open-case.svelte.ts';
import type { Known } from './rows.ts';

/**
 * What a family tells once about a child: on this phone alone, in the writer's own scope, until somebody shares a part of it. Its
 * sections are the questions of the form that it is shared as.
 */
export type ProfileValue = RowValue<'profile'>;
type ProfileRow = Pick<Known<'profile'>, 'id' | 'scope' | 'v'>;
export const PROFILE_SECTIONS: readonly string[] = newestForm('profile')!.questions.map(({ id }) => id);

const newestLast = (a: ProfileRow, b: ProfileRow) => ((a.v.changedAt ?? '') < (b.v.changedAt ?? '') ? -1 : 1);
const ofChild = (rows: readonly ProfileRow[], { key, councilCase, localCase }: Child): ProfileRow[] =>
	rows.filter((row) => [key, councilCase, localCase].includes(row.v.case)).sort(newestLast);

/** A child that was linked may have two: each section as it was written last. */
export const sectionsIn = (rows: readonly ProfileRow[], child: Child): Record<string, string> =>
	Object.assign({}, ...ofChild(rows, child).map((row) => row.v.sections));

/** In the order of the page; a space is no words. */
export function writtenIn(sections: Record<string, string>): { id: string; words: string }[] {
	return PROFILE_SECTIONS.map((id) => ({ id, words: (sections[id] ?? '').trim() })).filter(
		({ words }) => words !== ''
	);
}

export const profileOf = (open: OpenCase, child: Child): Record<string, string> =>
	sectionsIn(open.family?.known.profile ?? [], child);

/** One section changed and the others as they are. */
export const withSection = (
	before: ProfileValue,
	{ section, words, at }: { section: string; words: string; at: string }
): ProfileValue => ({ ...before, sections: { ...before.sections, [section]: words }, changedAt: at });

/** Several fields stand on one page and may be kept at once: one write after the other, each over what the last one left. */
let last: Promise<unknown> = Promise.resolve();

export function saveSection(
	open: OpenCase,
	child: Child,
	{ section, words }: { section: string; words: string }
): Promise<void> {
	const mine = last.then(async () => {
		const { store } = open.parts;
		const { id: writer } = await store.begin();
		const rows = store.rows().filter((row) => row.t === 'profile') as ProfileRow[];
		const kept = ofChild(rows, child).at(-1);
		const caseId = child.localCase ?? child.key;
		const before: ProfileValue = kept?.v ?? { case: caseId, sections: {} };
		const v = withSection(before, { section, words, at: open.today.now().toISOString() });
		const scope = kept?.scope ?? ownScope(caseId, writer);
		await store.put([{ scope, t: 'profile', id: kept?.id ?? `profile.${caseId}`, v }]);
	});
	last = mine.catch(() => undefined);
	return mine;
}
