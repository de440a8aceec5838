import type { RuleRecord } from '../rule-record.ts';
import { CFA_FROM, LATE, read, recalled } from './remedies.ts';

const MOVED = [{ type: 'area.moved', dateKind: 'move' }] as const;

/** Moving to another council's area: law.md §5.5. The old council's awareness counts, as the instrument says. */
export const MOVE_RULES: readonly RuleRecord[] = [
	{
		id: 'MOVE-DAY', version: 1, effectiveFrom: CFA_FROM,
		triggers: [{ type: 'area.move-known', dateKind: 'aware', when: [{ test: 'known-in-good-time' }] }],
		count: { limb: 'move-day' },
		actor: 'old-council', kind: 'statute', direction: 'ceiling',
		exceptions: [], remedies: LATE,
		citation: [read('SEND Regulations 2014 reg 15(2)')],
		doneBy: [{ type: 'area.moved' }],
		mootBy: []
	},
	{
		id: 'MOVE-15WD', version: 1, effectiveFrom: CFA_FROM,
		triggers: [{ type: 'area.move-known', dateKind: 'aware', when: [{ test: 'known-late' }] }],
		count: { steps: [{ op: 'WDi', n: 15 }] },
		actor: 'old-council', kind: 'statute', direction: 'ceiling',
		exceptions: [], remedies: LATE,
		citation: [read('SEND Regulations 2014 reg 15(2)')],
		doneBy: [{ type: 'area.moved' }],
		mootBy: []
	},
	{
		id: 'MOVE-6W', version: 1, effectiveFrom: CFA_FROM,
		triggers: MOVED,
		count: { steps: [{ op: 'W', n: 6 }] },
		actor: 'new-council', kind: 'statute', direction: 'ceiling',
		exceptions: [], remedies: ['P1'],
		citation: [read('SEND Regulations 2014 reg 15(4)')],
		doneBy: [{ type: 'review.decided' }],
		mootBy: []
	},
	{
		id: 'MOVE-REVIEW', version: 1, effectiveFrom: CFA_FROM,
		triggers: MOVED,
		count: { combine: 'max', limbs: ['review-base-12m', 'moved-3m'] },
		actor: 'new-council', kind: 'statute', direction: 'ceiling',
		exceptions: [], remedies: LATE,
		citation: [read('SEND Regulations 2014 reg 15(5), first limb'), recalled('SEND Regulations 2014 reg 15(5), second limb')],
		doneBy: [{ type: 'review.decided' }],
		mootBy: []
	}
];
