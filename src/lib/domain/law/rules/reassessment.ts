import type { RuleRecord } from '../rule-record.ts';
import { CFA_FROM, LATE_OR_WRONG, read, recalled, X1_TO_X4 } from './remedies.ts';

/** Reassessment: law.md §5.2. One that a tribunal ordered runs on the TRIB-R44 limits alone. */
export const REASSESSMENT_RULES: readonly RuleRecord[] = [
	{
		id: 'RE-15D-DECISION', version: 1, effectiveFrom: CFA_FROM,
		triggers: [{ type: 'reassessment.requested', dateKind: 'received' }],
		count: { steps: [{ op: 'CD', n: 15 }] },
		actor: 'council', kind: 'statute', direction: 'ceiling',
		exceptions: [], remedies: LATE_OR_WRONG,
		citation: [recalled('Children and Families Act 2014 s.44(2)'), recalled('SEND Regulations 2014 reg 25(1)')],
		doneBy: [{ type: 'reassessment.agreed' }, { type: 'reassessment.refused' }],
		mootBy: []
	},
	{
		id: 'RE-14W-FINAL', version: 1, effectiveFrom: CFA_FROM,
		triggers: [{ type: 'reassessment.agreed', dateKind: 'letter_date', when: [{ test: 'reassessment-not-ordered' }] }],
		count: { steps: [{ op: 'W', n: 14 }] },
		actor: 'council', kind: 'statute', direction: 'ceiling',
		exceptions: X1_TO_X4, remedies: LATE_OR_WRONG,
		citation: [read('SEND Regulations 2014 reg 27(2), (3)')],
		doneBy: [{ type: 'plan.finalised' }],
		mootBy: []
	},
	{
		id: 'RE-6M-BAR', version: 1, effectiveFrom: CFA_FROM,
		triggers: [{ type: 'plan.finalised', dateKind: 'letter_date', when: [{ test: 'first-or-ends-reassessment' }] }],
		count: { steps: [{ op: 'M', n: 6 }] },
		actor: 'council', kind: 'statute', direction: 'floor', passes: true,
		exceptions: [], remedies: ['P5'],
		citation: [recalled('SEND Regulations 2014 reg 24')],
		doneBy: [{ type: 'reassessment.requested' }],
		mootBy: []
	},
	{
		id: 'RE-15D-COMMENT', version: 1, effectiveFrom: CFA_FROM,
		triggers: [{ type: 'draft.served', dateKind: 'served', when: [{ test: 'floor-of-reassessment' }] }],
		count: { steps: [{ op: 'D15i' }] },
		actor: 'family', kind: 'statute', direction: 'floor', passes: true,
		exceptions: [], remedies: ['P1', 'P2'],
		citation: [read('SEND Regulations 2014 reg 27(1), applying reg 13(1)')],
		doneBy: [{ type: 'draft.answered' }, { type: 'plan.finalised' }],
		mootBy: [{ type: 'plan.refused' }]
	}
];
