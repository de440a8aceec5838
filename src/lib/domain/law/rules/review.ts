import type { RuleRecord } from '../rule-record.ts';
import { CFA_FROM, LATE, LATE_OR_WRONG, read, recalled } from './remedies.ts';

const MEETING = [{ type: 'review.meeting-held', dateKind: 'meeting' }] as const;
const BEFORE_MEETING = [
	{ type: 'review.meeting-set', dateKind: 'meeting' },
	{ type: 'review.meeting-held', dateKind: 'meeting', when: [{ test: 'day-was-not-set' }] }
] as const;
const NO_MEETING_AHEAD = [
	{ type: 'review.meeting-held' },
	{ type: 'review.meeting-cancelled', test: 'calls-off-this-meeting' },
	{ type: 'review.meeting-set', test: 'replaces-this-meeting' }
] as const;
/** The clock of the yearly review: a first plan, then each decision, never a final amended plan. */
const REVIEW_BASES = [
	{ type: 'plan.finalised', dateKind: 'letter_date', when: [{ test: 'review-base' }] },
	{ type: 'review.decided', dateKind: 'letter_date', when: [{ test: 'review-base' }] },
	{ type: 'review.amendment-notice', dateKind: 'served', when: [{ test: 'review-base' }] }
] as const;
const REVIEW_DECIDED = [
	{ type: 'review.decided' },
	{ type: 'review.amendment-notice', test: 'notice-is-decision' }
] as const;
const NOTICE = [
	{
		type: 'review.amendment-notice', dateKind: 'served',
		when: [{ detail: 'outside', unset: true }, { test: 'first-notice-of-meeting' }]
	}
] as const;
const OUTSIDE = [
	{ type: 'review.amendment-notice', dateKind: 'served', when: [{ detail: 'outside', is: ['yes'] }] }
] as const;
const MAINTAINED = { type: 'review.decided', is: { detail: 'outcome', is: ['maintain'] } } as const;
const NO_AMENDMENT = { type: 'review.decided', is: { detail: 'outcome', is: ['maintain', 'cease'] } } as const;
const DEVON = read('R (L, M and P) v Devon County Council [2022] EWHC 493 (Admin)');

/** Annual and interim review: law.md §5.3. */
export const REVIEW_RULES: readonly RuleRecord[] = [
	{
		id: 'AR-12M', version: 1, effectiveFrom: CFA_FROM,
		triggers: REVIEW_BASES,
		count: { steps: [{ op: 'M', n: 12 }] },
		strictDayBefore: true,
		actor: 'council', kind: 'statute', direction: 'ceiling',
		exceptions: [], remedies: LATE,
		citation: [recalled('Children and Families Act 2014 s.44(1)'), read('IPSEA, annual review')],
		doneBy: REVIEW_DECIDED,
		mootBy: [{ type: 'area.moved' }],
		alternatives: [
			{
				limb: 'amended-plan-as-base', reading: 'counted from an amended plan: the first plan and the last review are not known',
				authority: 'Children and Families Act 2014 s.44(1)'
			}
		]
	},
	{
		id: 'AR-EY-6M', version: 1, effectiveFrom: CFA_FROM,
		triggers: REVIEW_BASES.map((base) => ({ ...base, when: [...base.when, { test: 'due-before-fifth-birthday' as const }] })),
		count: { steps: [{ op: 'M', n: 6 }] },
		actor: 'council', kind: 'stat_guidance', direction: 'ceiling',
		exceptions: [], remedies: ['P1'],
		citation: [recalled('SEND Code of Practice 2015, 9.178')],
		doneBy: REVIEW_DECIDED,
		mootBy: [],
		alternatives: [
			{ steps: [{ op: 'M', n: 3 }], reading: 'every three months', authority: 'SEND Code of Practice 2015, 9.178: every three to six months' }
		]
	},
	{
		id: 'AR-NOTICE-2W', version: 1, effectiveFrom: CFA_FROM,
		triggers: BEFORE_MEETING,
		count: { steps: [{ op: 'W-', n: 2 }] },
		back: true,
		actor: 'school', kind: 'statute', direction: 'ceiling',
		exceptions: [], remedies: ['P1'],
		citation: [read('SEND Regulations 2014 reg 20(3)')],
		doneBy: [{ type: 'review.invited' }],
		mootBy: NO_MEETING_AHEAD
	},
	{
		id: 'AR-PAPERS-2W', version: 1, effectiveFrom: CFA_FROM,
		triggers: BEFORE_MEETING,
		count: { steps: [{ op: 'W-', n: 2 }] },
		back: true,
		actor: 'school', kind: 'statute', direction: 'ceiling',
		exceptions: [], remedies: ['P1'],
		citation: [read('SEND Regulations 2014 reg 20(4)')],
		doneBy: [{ type: 'review.papers-sent' }],
		mootBy: NO_MEETING_AHEAD
	},
	{
		id: 'AR-2W-REPORT', version: 1, effectiveFrom: CFA_FROM,
		triggers: MEETING,
		count: { steps: [{ op: 'W', n: 2 }] },
		actor: 'school', kind: 'statute', direction: 'ceiling',
		exceptions: [], remedies: ['P1'],
		citation: [read('SEND Regulations 2014 reg 21(7)'), recalled('SEND Regulations 2014 reg 20')],
		doneBy: [{ type: 'review.report-sent' }],
		mootBy: []
	},
	{
		id: 'AR-4W-DECISION', version: 1, effectiveFrom: CFA_FROM,
		triggers: MEETING,
		count: { steps: [{ op: 'W', n: 4 }] },
		actor: 'council', kind: 'statute', direction: 'ceiling',
		exceptions: [], remedies: LATE_OR_WRONG,
		citation: [recalled('SEND Regulations 2014 reg 20(10)'), read('SEND Code of Practice 2015, 9.176')],
		doneBy: REVIEW_DECIDED,
		mootBy: []
	},
	{
		id: 'AR-4W-NOTICE', version: 1,
		triggers: MEETING,
		count: { steps: [{ op: 'W', n: 4 }] },
		actor: 'council', kind: 'case', direction: 'ceiling',
		exceptions: [], remedies: LATE,
		citation: [DEVON, read('SEND Regulations 2014 reg 22(2)')],
		doneBy: [{ type: 'review.amendment-notice' }],
		mootBy: [NO_AMENDMENT]
	},
	{
		id: 'AR-15D-COMMENT', version: 1, effectiveFrom: CFA_FROM,
		triggers: [
			{ type: 'draft.served', dateKind: 'served', when: [{ test: 'floor-of-review' }] },
			{ type: 'review.amendment-notice', dateKind: 'served', when: [{ detail: 'outside', unset: true }] }
		],
		count: { steps: [{ op: 'D15i' }] },
		actor: 'family', kind: 'statute', direction: 'floor', passes: true,
		exceptions: [], remedies: ['P1', 'P2'],
		citation: [read('SEND Regulations 2014 reg 22(2)(c)')],
		doneBy: [{ type: 'draft.answered' }, { type: 'plan.finalised' }],
		mootBy: [{ type: 'plan.refused' }]
	},
	{
		id: 'AR-8W-FINAL', version: 1, effectiveFrom: CFA_FROM,
		triggers: NOTICE,
		count: { steps: [{ op: 'W', n: 8 }] },
		actor: 'council', kind: 'statute', direction: 'ceiling',
		exceptions: [], remedies: LATE_OR_WRONG,
		citation: [read('SEND Regulations 2014 reg 22(3), (4)')],
		doneBy: [{ type: 'plan.finalised' }, MAINTAINED],
		mootBy: []
	},
	{
		id: 'AR-12W-OUTER', version: 1,
		triggers: MEETING,
		count: { steps: [{ op: 'W', n: 12 }] },
		actor: 'council', kind: 'case', direction: 'ceiling',
		exceptions: [], remedies: LATE_OR_WRONG,
		citation: [DEVON],
		doneBy: [{ type: 'plan.finalised' }],
		mootBy: [NO_AMENDMENT]
	},
	{
		id: 'AR-FINAL-BY', version: 1,
		triggers: NOTICE,
		// The earliest of the three, never their sum (law.md §1.5).
		count: { combine: 'min', limbs: ['notice-8w', 'meeting-12w', 'transfer-longstop'] },
		actor: 'council', kind: 'case', direction: 'ceiling',
		exceptions: [], remedies: LATE_OR_WRONG,
		citation: [read('SEND Regulations 2014 reg 22(3)'), DEVON, read('SEND Regulations 2014 reg 18')],
		doneBy: [{ type: 'plan.finalised' }],
		mootBy: [MAINTAINED]
	},
	{
		id: 'AR-OUTSIDE-15D', version: 1, effectiveFrom: CFA_FROM,
		triggers: OUTSIDE,
		count: { steps: [{ op: 'D15i' }] },
		actor: 'family', kind: 'statute', direction: 'floor', passes: true,
		exceptions: [], remedies: ['P1', 'P2'],
		citation: [recalled('SEND Regulations 2014 reg 28, applying reg 22')],
		doneBy: [{ type: 'draft.answered' }, { type: 'plan.finalised' }],
		mootBy: [{ type: 'plan.refused' }]
	},
	{
		id: 'AR-OUTSIDE-8W', version: 1, effectiveFrom: CFA_FROM,
		triggers: OUTSIDE,
		count: { steps: [{ op: 'W', n: 8 }] },
		actor: 'council', kind: 'statute', direction: 'ceiling',
		exceptions: [], remedies: LATE_OR_WRONG,
		citation: [recalled('SEND Regulations 2014 reg 28, applying reg 22')],
		doneBy: [{ type: 'plan.finalised' }, MAINTAINED],
		mootBy: []
	}
];
