import type { RuleRecord } from '../rule-record.ts';
import { CFA_FROM, LATE, LATE_OR_WRONG, read, recalled, X1_TO_X4 } from './remedies.ts';

const REQUESTS = [
	{ type: 'assessment.requested', dateKind: 'received' },
	{ type: 'responsibility.began', dateKind: 'aware' }
] as const;

/** Education, health and care needs assessment: law.md §5.1, joined as in law-decisions §3. */
export const ASSESSMENT_RULES: readonly RuleRecord[] = [
	{
		id: 'EHCNA-6W-DECISION', version: 1, effectiveFrom: CFA_FROM,
		triggers: REQUESTS,
		count: { steps: [{ op: 'W', n: 6 }] },
		actor: 'council', kind: 'statute', direction: 'ceiling',
		exceptions: X1_TO_X4, remedies: LATE_OR_WRONG,
		citation: [read('Children and Families Act 2014 s.36'), read('SEND Regulations 2014 reg 5(1), (4)')],
		doneBy: [{ type: 'assessment.agreed' }, { type: 'assessment.refused' }],
		mootBy: [{ type: 'plan.finalised' }]
	},
	{
		id: 'EHCNA-14W-DRAFT-GUIDE', version: 1,
		triggers: [{ type: 'assessment.requested', dateKind: 'received' }],
		count: { steps: [{ op: 'W', n: 14 }] },
		// No legal date for the draft: week 14 leaves 15 days to comment and the rest to finish by week 20.
		actor: 'council', kind: 'practice', direction: 'ceiling',
		exceptions: [], remedies: ['P1'],
		citation: [read('IPSEA template letter 10; no legal date for the draft')],
		doneBy: [{ type: 'draft.served' }],
		mootBy: [{ type: 'assessment.refused' }, { type: 'plan.refused' }, { type: 'plan.finalised' }]
	},
	{
		id: 'EHCNA-16W-DECISION', version: 1, effectiveFrom: CFA_FROM,
		triggers: REQUESTS,
		count: { steps: [{ op: 'W', n: 16 }] },
		actor: 'council', kind: 'statute', direction: 'ceiling',
		exceptions: X1_TO_X4, remedies: LATE_OR_WRONG,
		citation: [read('Children and Families Act 2014 s.36(9)'), read('SEND Regulations 2014 reg 10(1), (4)')],
		doneBy: [{ type: 'plan.refused' }, { type: 'draft.served' }, { type: 'plan.finalised' }],
		mootBy: [{ type: 'assessment.refused' }]
	},
	{
		id: 'EHCNA-20W-FINAL', version: 1, effectiveFrom: CFA_FROM,
		triggers: REQUESTS,
		count: { steps: [{ op: 'W', n: 20 }] },
		actor: 'council', kind: 'statute', direction: 'ceiling',
		exceptions: X1_TO_X4, remedies: LATE_OR_WRONG,
		citation: [read('SEND Regulations 2014 reg 13(2), (3)')],
		doneBy: [{ type: 'plan.finalised' }],
		mootBy: [{ type: 'assessment.refused', test: 'refusal-stands' }, { type: 'plan.refused' }]
	},
	{
		id: 'EHCNA-ADVICE-6W', version: 1, effectiveFrom: CFA_FROM,
		triggers: [{ type: 'advice.requested', dateKind: 'received' }],
		count: { steps: [{ op: 'W', n: 6 }] },
		// A school's summer closure is no exception to this limit (Code of Practice 9.42): X1 and X2 are left out on purpose.
		actor: 'adviser', kind: 'statute', direction: 'ceiling',
		exceptions: ['X3', 'X4', 'X5'], remedies: ['P1', 'P2'],
		citation: [read('SEND Regulations 2014 reg 8'), read('SEND Code of Practice 2015, 9.49')],
		doneBy: [{ type: 'advice.received', same: ['adviser'] }],
		mootBy: [{ type: 'plan.refused' }, { type: 'plan.finalised' }]
	},
	{
		id: 'EHCNA-15D-COMMENT', version: 1, effectiveFrom: CFA_FROM,
		triggers: [{ type: 'draft.served', dateKind: 'served', when: [{ test: 'floor-of-assessment' }] }],
		count: { steps: [{ op: 'D15i' }] },
		// A floor: the council may not finish before it. It never makes a later comment wrong.
		actor: 'family', kind: 'statute', direction: 'floor', passes: true,
		exceptions: [], remedies: ['P1', 'P2'],
		citation: [read('Children and Families Act 2014 s.38'), read('SEND Regulations 2014 reg 13(1)')],
		doneBy: [{ type: 'draft.answered' }, { type: 'plan.finalised' }],
		mootBy: [{ type: 'plan.refused' }]
	},
	{
		id: 'EHCNA-CONSULT-15D', version: 1,
		triggers: [{ type: 'setting.consulted', dateKind: 'received' }],
		count: { steps: [{ op: 'CD', n: 15 }] },
		// The Code says "should": guidance, not law, and the summer holiday is not excepted.
		actor: 'setting', kind: 'stat_guidance', direction: 'ceiling',
		exceptions: [], remedies: ['P1'],
		citation: [read('Children and Families Act 2014 s.39'), read('SEND Code of Practice 2015, 9.83')],
		doneBy: [{ type: 'setting.replied', same: ['setting'] }, { type: 'plan.finalised' }],
		mootBy: []
	},
	{
		id: 'EHCNA-LATE-AGREE-10W', version: 1,
		triggers: [{ type: 'assessment.refusal-reversed', dateKind: 'letter_date', when: [{ test: 'reversed-without-tribunal' }] }],
		count: { steps: [{ op: 'W', n: 10 }] },
		actor: 'council', kind: 'practice', direction: 'ceiling',
		exceptions: [], remedies: LATE,
		citation: [read('How the Ombudsman counts after a refusal is reversed')],
		doneBy: [{ type: 'plan.refused' }, { type: 'draft.served' }, { type: 'plan.finalised' }],
		mootBy: [],
		alternatives: [
			{
				limb: 'newest-request-20w', reading: 'by law, no tribunal order: 20 weeks from the request',
				authority: 'R (W) v Hertfordshire [2023] EWHC 3138 (Admin)'
			}
		]
	},
	{
		id: 'EHCNA-LATE-AGREE-14W', version: 1,
		triggers: [{ type: 'assessment.refusal-reversed', dateKind: 'letter_date', when: [{ test: 'reversed-without-tribunal' }] }],
		count: { steps: [{ op: 'W', n: 14 }] },
		actor: 'council', kind: 'practice', direction: 'ceiling',
		exceptions: [], remedies: LATE_OR_WRONG,
		citation: [read('How the Ombudsman counts after a refusal is reversed')],
		doneBy: [{ type: 'plan.finalised' }],
		mootBy: [{ type: 'plan.refused' }],
		alternatives: [
			{
				limb: 'newest-request-20w', reading: 'by law, no tribunal order: 20 weeks from the request',
				authority: 'R (W) v Hertfordshire [2023] EWHC 3138 (Admin)'
			}
		]
	},
	{
		id: 'EHCNA-REREQUEST', version: 1, effectiveFrom: CFA_FROM,
		triggers: [{ type: 'plan.refused', dateKind: 'letter_date' }],
		count: { steps: [{ op: 'M', n: 6 }] },
		// A bar: the last day on which the council may say "assessed too recently".
		actor: 'council', kind: 'statute', direction: 'floor', passes: true,
		exceptions: [], remedies: ['P5'],
		citation: [recalled('Children and Families Act 2014 s.36(8)'), recalled('SEND Regulations 2014 reg 24')],
		doneBy: [{ type: 'assessment.requested' }],
		mootBy: []
	},
	{
		id: 'PROVISION-START', version: 1, effectiveFrom: CFA_FROM,
		triggers: [{ type: 'plan.finalised', dateKind: 'letter_date' }],
		count: { steps: [{ op: 'ON' }] },
		actor: 'council', kind: 'statute', direction: 'ceiling', passes: true,
		exceptions: [], remedies: LATE,
		citation: [recalled('Children and Families Act 2014 s.42')],
		doneBy: [],
		mootBy: []
	}
];
