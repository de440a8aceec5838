import type { Child } from './children.ts';

/** Typed cases that could be the same child as a council's case: offered, never joined without the person's word. */
export function linkOffers(
	children: readonly Child[],
	dismissed: ReadonlySet<string>
): { local: Child; council: Child }[] {
	const council = children.filter((child) => child.councilCase && !child.localCase);
	return children
		.filter((child) => child.localCase && !child.councilCase)
		.flatMap((local) => council.map((other) => ({ local, council: other })))
		.filter(({ local, council: other }) => !dismissed.has(`${local.key}|${other.key}`));
}
