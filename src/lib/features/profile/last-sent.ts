import { caseOfScope } from '#contract/scope.ts';
import type { Child } from '../open-case/children.ts';
import type { OpenCase } from '../open-case/open-case.svelte.ts';
import { itemsOf, viewsIn } from '../open-case/sent-args.ts';

/** A copy of the profile as it went, or as it waits to go. */
export type SentProfile = { id: string; at: string; answers: Record<string, string> };

/** The newest of this child that did not come back. */
export function lastSent(open: OpenCase, child: Child): SentProfile | undefined {
	const rows = (open.family?.known.submission ?? [])
		.filter(({ scope, v }) => v.form === 'profile' && caseOfScope(scope) === child.councilCase)
		.map(({ id, v }) => ({ id, at: v.at, answers: v.answers }));
	const items = itemsOf(open.outbox, child)
		.filter((item) => item.state !== 'tray')
		.flatMap((item) => {
			const args = viewsIn(item);
			if (args?.form !== 'profile') return [];
			return [{ id: args.id, at: item.receipt?.at ?? item.at, answers: args.answers }];
		});
	return [...rows, ...items].sort((a, b) => (a.at < b.at ? 1 : -1))[0];
}

export const isSame = (a: Record<string, string>, b: Record<string, string>): boolean =>
	Object.keys(a).length === Object.keys(b).length && Object.keys(a).every((key) => a[key] === b[key]);
