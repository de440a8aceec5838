import type { RuleRecord } from '../rule-record.ts';
import { CFA_FROM, recalled } from './remedies.ts';

const BUDGETS = recalled('SEND (Personal Budgets) Regulations 2014, SI 2014/1652');
const MONITORING = recalled('SI 2014/1652 reg 11');

/** Personal budgets and direct payments: law.md §5.5. */
export const BUDGET_RULES: readonly RuleRecord[] = [
	{
		id: 'PB-REQUEST', version: 1, effectiveFrom: CFA_FROM,
		triggers: [
			{ type: 'draft.served', dateKind: 'served' },
			{ type: 'review.amendment-notice', dateKind: 'served', when: [{ detail: 'outside', unset: true }] }
		],
		count: { steps: [{ op: 'D15i' }] },
		actor: 'family', kind: 'statute', direction: 'window', passes: true,
		exceptions: [], remedies: ['P2'],
		citation: [recalled('Children and Families Act 2014 s.49'), BUDGETS],
		doneBy: [{ type: 'draft.answered' }, { type: 'plan.finalised' }],
		mootBy: [{ type: 'plan.refused' }]
	},
	{
		id: 'PB-REVIEW-3M', version: 1, effectiveFrom: CFA_FROM,
		triggers: [{ type: 'payment.started', dateKind: 'fixed' }],
		count: { steps: [{ op: 'M', n: 3 }] },
		actor: 'council', kind: 'statute', direction: 'ceiling', passes: true,
		exceptions: [], remedies: ['P2'],
		citation: [MONITORING],
		doneBy: [],
		mootBy: []
	},
	{
		id: 'PB-REVIEW-12M', version: 1, effectiveFrom: CFA_FROM,
		triggers: [{ type: 'payment.started', dateKind: 'fixed' }],
		count: { steps: [{ op: 'M', n: 12 }] },
		actor: 'council', kind: 'statute', direction: 'ceiling', passes: true,
		exceptions: [], remedies: ['P2'],
		citation: [MONITORING],
		doneBy: [],
		mootBy: []
	}
];
