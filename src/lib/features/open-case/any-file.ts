import type { Child } from './children.ts';
import type { Known } from './rows.ts';

/** Whether a file goes with this form or question already; a recording that was cut off counts. Small: it is part of every form. */
export const anyFile = (
	rows: readonly Known<'file'>[],
	{ child, form, question }: { child: Child; form: string; question?: string | undefined }
): boolean =>
	rows.some(
		({ v }) =>
			[child.key, child.councilCase, child.localCase].some((id) => v.draft === `${form}.${id}`) &&
			(question === undefined || v.question === question)
	);
