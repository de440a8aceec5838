import type { RuleRecord } from '../rule-record.ts';
import { read, recalled } from './remedies.ts';

const REFUSALS_AND_PLANS = [
	{ type: 'assessment.refused', dateKind: 'letter_date' },
	{ type: 'plan.refused', dateKind: 'letter_date' },
	{ type: 'reassessment.refused', dateKind: 'letter_date' },
	{ type: 'plan.finalised', dateKind: 'letter_date' },
	{ type: 'review.decided', dateKind: 'letter_date', when: [{ detail: 'outcome', is: ['maintain'] }] }
] as const;
/** Two letters about one ceasing within 14 days: the later starts no rule. */
const CEASING = [
	{
		type: 'review.decided', dateKind: 'letter_date',
		when: [{ detail: 'outcome', is: ['cease'] }, { test: 'first-letter-of-ceasing' }]
	},
	{ type: 'cease.decided', dateKind: 'letter_date', when: [{ test: 'first-letter-of-ceasing' }] }
] as const;
const START = read('Tribunal Procedure (First-tier Tribunal) (HESC) Rules 2008 r.12');
const LODGED = [{ type: 'appeal.lodged' }] as const;
const REVERSED = [{ type: 'assessment.refusal-reversed' }] as const;

/** Mediation and the way into the tribunal: law.md §5.6, first half. */
export const APPEAL_RULES: readonly RuleRecord[] = [
	{
		id: 'MED-CONTACT-2M', version: 1,
		// One spec for a review decision, so that a missing outcome asks once.
		triggers: [
			...REFUSALS_AND_PLANS.slice(0, 4),
			{
				type: 'review.decided', dateKind: 'letter_date',
				when: [{ detail: 'outcome', is: ['maintain', 'cease'] }, { test: 'first-letter-of-ceasing' }]
			},
			CEASING[1]
		],
		count: { steps: [{ op: 'M', n: 2 }] },
		actor: 'family', kind: 'statute', direction: 'window', passes: true, answersDecision: true,
		exceptions: [], remedies: ['P5', 'P7'],
		citation: [read('SEND Regulations 2014 reg 33')],
		doneBy: [{ type: 'appeal.lodged' }, { type: 'mediation.requested' }, { type: 'mediation.certificate' }],
		mootBy: REVERSED
	},
	{
		id: 'MED-CERT-3WD', version: 1,
		triggers: [
			{ type: 'mediation.held', dateKind: 'meeting' },
			{ type: 'mediation.declined', dateKind: 'received' },
			{
				type: 'mediation.requested', dateKind: 'received',
				// Thirty days without mediation lapse into a certificate as well.
				steps: [{ op: 'CD', n: 30 }, { op: 'WDx', n: 3 }],
				mootBy: [
					{ type: 'mediation.held', test: 'within-30-days' },
					{ type: 'mediation.declined', test: 'within-30-days' },
					{ type: 'mediation.certificate', test: 'within-30-days' }
				]
			}
		],
		count: { steps: [{ op: 'WDx', n: 3 }] },
		actor: 'mediation-adviser', kind: 'statute', direction: 'ceiling',
		exceptions: [], remedies: ['P1'],
		citation: [read('SEND Regulations 2014 reg 34, 38, 39')],
		doneBy: [{ type: 'mediation.certificate' }],
		mootBy: []
	},
	{
		id: 'MED-30D', version: 1,
		triggers: [{ type: 'mediation.requested', dateKind: 'received' }],
		count: { steps: [{ op: 'CD', n: 30 }] },
		actor: 'council', kind: 'statute', direction: 'ceiling',
		exceptions: [], remedies: ['P1', 'P5'],
		citation: [read('SEND Regulations 2014 reg 36, 37')],
		doneBy: [{ type: 'mediation.held' }, { type: 'mediation.declined' }, { type: 'mediation.certificate' }],
		mootBy: []
	},
	{
		id: 'TRIB-APPEAL-2M', version: 1,
		triggers: REFUSALS_AND_PLANS,
		count: { steps: [{ op: 'M', n: 2 }], roll: 'start-appeal' },
		sendBy: true,
		actor: 'family', kind: 'statute', direction: 'window', passes: true, answersDecision: true,
		exceptions: [], remedies: ['P5', 'P7'],
		citation: [recalled('Tribunal Procedure (First-tier Tribunal) (HESC) Rules 2008 r.20'), START],
		doneBy: LODGED,
		mootBy: REVERSED
	},
	{
		id: 'TRIB-APPEAL-1M-CERT', version: 1,
		triggers: [{ type: 'mediation.certificate', dateKind: 'letter_date' }],
		count: { combine: 'max', limbs: ['certificate-1m', 'decision-2m'] },
		sendBy: true,
		actor: 'family', kind: 'statute', direction: 'window', passes: true, answersDecision: true,
		exceptions: [], remedies: ['P5', 'P7'],
		citation: [recalled('Tribunal Procedure (First-tier Tribunal) (HESC) Rules 2008 r.20'), START],
		doneBy: LODGED,
		mootBy: []
	},
	{
		id: 'CEASE-APPEAL', version: 1,
		triggers: CEASING,
		count: { steps: [{ op: 'M', n: 2 }], roll: 'start-appeal' },
		sendBy: true,
		actor: 'family', kind: 'statute', direction: 'window', passes: true, answersDecision: true,
		exceptions: [], remedies: ['P5', 'P7'],
		citation: [recalled('Children and Families Act 2014 s.45(4)'), read('SEND Regulations 2014 reg 29, 30'), START],
		doneBy: LODGED,
		mootBy: []
	}
];
