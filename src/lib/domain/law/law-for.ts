import { contextOf, datesIn, type LawInput } from './dates-for.ts';
import { remarks } from './engine/remarks.ts';
import { warnings } from './engine/warnings.ts';
import type { LawResult } from './milestone.ts';

export type { LawInput } from './dates-for.ts';

/**
 * What the law says about a case on a day: pure, synchronous, the same for the same input on every machine. Events must be
 * sound (read-case.ts refuses what is not); nothing here throws for a case that lacks a detail.
 */
export function lawFor(input: LawInput): LawResult {
	const context = contextOf(input);
	const { lawAsAt, rules, milestones, warnings: ofClaims } = datesIn(context);
	return {
		lawAsAt,
		rules,
		milestones,
		remarks: remarks(milestones, context),
		warnings: [...warnings(milestones, context), ...ofClaims]
	};
}
