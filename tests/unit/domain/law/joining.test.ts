import { REMARK_RULES, RULE_IDS } from '#domain/law/remark-set.ts';
import { describe, expect, test } from 'vitest';
import { APPEAL } from './cases/appeal.ts';
import { ASSESSMENT } from './cases/assessment.ts';
import { COMPLAINT_AND_CARE } from './cases/complaint-care.ts';
import { REASSESSMENT } from './cases/reassessment.ts';
import { REVIEW } from './cases/review.ts';
import { TRANSFER_AND_MOVE } from './cases/transfer-move.ts';
import { check, expectedOf } from './telling.ts';

const CHAPTERS = { ASSESSMENT, REASSESSMENT, REVIEW, TRANSFER_AND_MOVE, APPEAL, COMPLAINT_AND_CARE };

for (const [chapter, tellings] of Object.entries(CHAPTERS))
	describe(`joining table: ${chapter.toLowerCase()}`, () => {
		test.each(tellings.map((telling) => [telling.says, telling] as const))('%s', (_, telling) =>
			check(telling)
		);
	});

test('every dated rule has a line with its date and one with its state', () => {
	const lines = Object.values(CHAPTERS)
		.flat()
		.flatMap((telling) => expectedOf(telling.expect));
	const remarkOnly = REMARK_RULES.map((remark) => remark.id);
	const reached = (field: string) =>
		new Set(
			lines
				.filter(({ fields }) => fields.some(([name, value]) => name === field && value !== '-'))
				.map(({ rule }) => rule)
		);
	const [dated, stated] = [reached('due'), reached('state')];
	const wanted = RULE_IDS.filter((id) => !remarkOnly.includes(id));
	expect(wanted.filter((id) => !dated.has(id))).toEqual([]);
	expect(wanted.filter((id) => !stated.has(id))).toEqual([]);
	expect(wanted.length).toBeGreaterThanOrEqual(80);
});
