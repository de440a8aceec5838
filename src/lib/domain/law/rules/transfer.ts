import type { RuleRecord } from '../rule-record.ts';
import { CFA_FROM, LATE_OR_WRONG, read, recalled } from './remedies.ts';

const REPLACED = { type: 'transfer.expected', test: 'replaces-this-transfer' } as const;
const FINISHED = { type: 'plan.finalised', test: 'finishes-this-transfer' } as const;
const AFTER_YEAR_OF_SCHOOL = [
	'early-years-to-school', 'infant-to-junior', 'primary-to-secondary', 'primary-to-middle', 'middle-to-secondary'
];
const expected = (phases: readonly string[]) =>
	[{ type: 'transfer.expected', dateKind: 'aware', when: [{ detail: 'phase', is: phases }] }] as const;

/** Moving to the next phase of education, and growing up: law.md §5.4. "Before" 15 February is published as "by": strictDue keeps it. */
export const TRANSFER_RULES: readonly RuleRecord[] = [
	{
		id: 'PT-15FEB', version: 1, effectiveFrom: CFA_FROM,
		triggers: expected(AFTER_YEAR_OF_SCHOOL),
		count: { from: 'startsOn', steps: [{ op: 'FIX', month: 2, day: 15 }] },
		strictDayBefore: true,
		actor: 'council', kind: 'statute', direction: 'ceiling',
		exceptions: [], remedies: LATE_OR_WRONG,
		citation: [read('SEND Regulations 2014 reg 2, 18(1)(b)')],
		doneBy: [FINISHED],
		mootBy: [REPLACED]
	},
	{
		id: 'PT-31MAR', version: 1, effectiveFrom: CFA_FROM,
		triggers: expected(['secondary-to-post-16']),
		count: { from: 'startsOn', steps: [{ op: 'FIX', month: 3, day: 31 }] },
		strictDayBefore: true,
		actor: 'council', kind: 'statute', direction: 'ceiling',
		exceptions: [], remedies: LATE_OR_WRONG,
		citation: [read('SEND Regulations 2014 reg 18(1)(a)')],
		doneBy: [FINISHED],
		mootBy: [REPLACED]
	},
	{
		id: 'PT-5M', version: 1, effectiveFrom: CFA_FROM,
		triggers: expected(['post-16-to-post-16']),
		count: { from: 'startsOn', steps: [{ op: 'M-', n: 5 }] },
		actor: 'council', kind: 'statute', direction: 'ceiling',
		exceptions: [], remedies: LATE_OR_WRONG,
		citation: [read('SEND Regulations 2014 reg 18(2)')],
		doneBy: [FINISHED],
		mootBy: [REPLACED],
		alternatives: [
			{
				steps: [{ op: 'FIX', month: 3, day: 31 }], when: { month: 9 },
				reading: 'by 31 March for a move in September', authority: 'SEND Code of Practice 2015, 9.180'
			}
		]
	},
	{
		id: 'PT-BACK-8W', version: 1,
		triggers: [{ type: 'transfer.expected', dateKind: 'aware' }],
		count: { limb: 'transfer-back-8w' },
		aimForFriday: true, back: true,
		actor: 'council', kind: 'practice', direction: 'ceiling',
		exceptions: [], remedies: ['P1'],
		citation: [read('Counted back 8 weeks from the last day for the plan (reg 18, reg 22)')],
		doneBy: [{ type: 'review.amendment-notice' }, { type: 'draft.served' }],
		mootBy: [FINISHED, REPLACED]
	},
	{
		id: 'PT-BACK-12W', version: 1,
		triggers: [{ type: 'transfer.expected', dateKind: 'aware' }],
		count: { limb: 'transfer-back-12w' },
		aimForFriday: true, back: true,
		actor: 'council', kind: 'practice', direction: 'ceiling',
		exceptions: [], remedies: ['P1'],
		citation: [read('Counted back 12 weeks from the last day for the plan (reg 18, R (L, M and P) v Devon)')],
		doneBy: [{ type: 'review.meeting-held' }],
		mootBy: [FINISHED, REPLACED]
	},
	{
		id: 'YP-RIGHTS', version: 1,
		triggers: [{ type: 'child', dateKind: 'birth' }],
		count: { limb: 'end-of-compulsory-school' },
		actor: 'family', kind: 'statute', direction: 'window', passes: true,
		exceptions: [], remedies: [],
		citation: [read('Children and Families Act 2014 s.83'), read('SEND Code of Practice 2015, chapter 8')],
		doneBy: [],
		mootBy: []
	},
	{
		id: 'PFA-25', version: 1,
		triggers: [{ type: 'child', dateKind: 'birth' }],
		count: { limb: 'end-of-year-of-25' },
		actor: 'council', kind: 'statute', direction: 'window', passes: true,
		exceptions: [], remedies: ['P5'],
		citation: [recalled('Children and Families Act 2014 s.46'), read('SEND Regulations 2014 reg 46')],
		doneBy: [],
		mootBy: [],
		alternatives: [
			{ yearly: '08-31', age: 25, reading: 'academic year to 31 August', authority: 'SEND Regulations 2014 reg 46' }
		]
	}
];
