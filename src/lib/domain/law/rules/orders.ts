import type { CloserSpec, RuleRecord } from '../rule-record.ts';
import type { Step } from '../../time/counting.ts';
import { read, recalled } from './remedies.ts';

const FINAL: CloserSpec = { type: 'plan.finalised' };

/**
 * What a council must do after a tribunal's order (reg 44), or after it tells the tribunal before responding that it will not
 * oppose (reg 45, as replaced by SI 2015/359): law.md §5.6, last table. The outcome says which.
 */
type Compliance = {
	id: string;
	outcomes: readonly string[];
	step: Step;
	doneBy: readonly CloserSpec[];
	mootBy?: readonly CloserSpec[];
};

const COMPLIANCE: readonly Compliance[] = [
	{
		id: 'TRIB-R44-2W', outcomes: ['assess', 'reassess'], step: { op: 'W', n: 2 },
		doneBy: [{ type: 'assessment.agreed' }, { type: 'reassessment.agreed' }]
	},
	{
		id: 'TRIB-R44-10W', outcomes: ['assess', 'reassess'], step: { op: 'W', n: 10 },
		doneBy: [{ type: 'plan.refused' }, { type: 'draft.served' }, FINAL]
	},
	{
		id: 'TRIB-R44-14W', outcomes: ['assess', 'reassess'], step: { op: 'W', n: 14 },
		doneBy: [FINAL], mootBy: [{ type: 'plan.refused' }]
	},
	{ id: 'TRIB-R44-5W', outcomes: ['make-plan'], step: { op: 'W', n: 5 }, doneBy: [{ type: 'draft.served' }] },
	{ id: 'TRIB-R44-11W', outcomes: ['make-plan'], step: { op: 'W', n: 11 }, doneBy: [FINAL] },
	{
		id: 'TRIB-R44-AMEND-5W', outcomes: ['amend', 'continue-and-amend', 'school-and-contents'],
		step: { op: 'W', n: 5 }, doneBy: [FINAL]
	},
	{ id: 'TRIB-R44-SCHOOL-2W', outcomes: ['school'], step: { op: 'W', n: 2 }, doneBy: [FINAL] },
	{ id: 'TRIB-R44-CEASE', outcomes: ['cease-dismissed', 'cease-allowed'], step: { op: 'ON' }, doneBy: [] }
];

const after = (outcomes: readonly string[]): RuleRecord['triggers'] => [
	{ type: 'appeal.order', dateKind: 'order', when: [{ detail: 'outcome', holds: outcomes }] },
	{ type: 'appeal.conceded', dateKind: 'sent', when: [{ detail: 'outcome', holds: outcomes }] }
];

export const ORDER_RULES: readonly RuleRecord[] = [
	...COMPLIANCE.map(
		({ id, outcomes, step, doneBy, mootBy = [] }): RuleRecord => ({
			id, version: 1,
			triggers: after(outcomes),
			count: { steps: [step] },
			actor: 'council', kind: 'statute', direction: 'ceiling',
			// Nothing that is recorded closes an order about ceasing.
			...(doneBy.length === 0 && { passes: true as const }),
			exceptions: ['X6'], remedies: ['P1', 'P2', 'P3', 'P4'],
			citation: [read('SEND Regulations 2014 reg 44'), read('SEND Regulations 2014 reg 45, as replaced by SI 2015/359')],
			doneBy, mootBy
		})
	),
	{
		id: 'TRIB-REC-5W', version: 1,
		triggers: after(['recommendation']),
		count: { steps: [{ op: 'W', n: 5 }] },
		// X6 belongs to regulation 44 alone.
		actor: 'health-body', kind: 'statute', direction: 'ceiling', passes: true,
		exceptions: [], remedies: ['P1', 'P2', 'P3'],
		citation: [recalled('SEND (First-tier Tribunal Recommendations Power) Regulations 2017, SI 2017/1306')],
		doneBy: [],
		mootBy: []
	}
];
