import { userScope } from '#contract/scope.ts';

/**
 * The row that says a case the family typed and a case of the council's are one child. Joining copies and re-keys nothing,
 * so removing this row restores both. Its id follows from the two cases: linking twice is linking once.
 */
export function linkRow(profile: string, link: { localCase: string; councilCase: string }) {
	return { scope: userScope(profile), t: 'case.link', id: `${link.localCase}.${link.councilCase}`, v: link };
}
