import type { RuleRecord } from '../rule-record.ts';
import { read, recalled } from './remedies.ts';

const COUNCIL = { detail: 'kind', is: ['council'] } as const;
const stage = (...stages: string[]) => ({ detail: 'stage', is: stages }) as const;
const ANSWERED = [{ type: 'complaint.answered', same: ['kind', 'stage'] }] as const;
const CODE = read('Local Government and Social Care Ombudsman, Complaint Handling Code (February 2024)');
/** The Ombudsman applies the code in its investigations from this day. */
const CODE_FROM = '2026-04-01';
const CHILDREN_ACT = read('Children Act 1989 Representations Procedure (England) Regulations 2006, SI 2006/1738');

const promise = (id: string, stageNumber: string, days: number): RuleRecord => ({
	id, version: 1,
	triggers: [{ type: 'complaint.made', dateKind: 'received', when: [COUNCIL, stage(stageNumber)] }],
	count: { steps: [{ op: 'WDx', n: days }] },
	actor: 'council', kind: 'local', direction: 'ceiling', promised: true,
	exceptions: [], remedies: ['P1', 'P3'],
	// Said by the council's record, with its source and day (council-promises.ts).
	citation: [],
	doneBy: ANSWERED,
	mootBy: []
});

const code = (id: string, stageNumber: string, days: number): RuleRecord => ({
	id, version: 1, effectiveFrom: CODE_FROM,
	triggers: [{ type: 'complaint.acknowledged', dateKind: 'sent', when: [COUNCIL, stage(stageNumber)] }],
	count: { steps: [{ op: 'WDx', n: days }] },
	actor: 'council', kind: 'local', direction: 'ceiling',
	exceptions: [], remedies: ['P1', 'P3'],
	citation: [CODE],
	doneBy: ANSWERED,
	mootBy: []
});

const childrenAct = (id: string, stageNumber: string, days: readonly number[]): RuleRecord => ({
	id, version: 1,
	triggers: [
		{ type: 'complaint.made', dateKind: 'received', when: [{ detail: 'kind', is: ['children-act'] }, stage(stageNumber)] }
	],
	count: { steps: days.map((n) => ({ op: 'WDx', n })) },
	actor: 'council', kind: 'statute', direction: 'ceiling',
	exceptions: [], remedies: ['P1', 'P3'],
	citation: [stageNumber === '3' ? recalled('SI 2006/1738, review panel within 30 working days') : CHILDREN_ACT],
	doneBy: ANSWERED,
	mootBy: []
});

/** Complaints, Ombudsman and court: law.md §5.7. The council's figures and the code's are promises, never called law. */
export const COMPLAINT_RULES: readonly RuleRecord[] = [
	promise('CO-BCC-15WD', '1', 15),
	promise('CO-BCC-REVIEW-20WD', '2', 20),
	{
		id: 'CO-CODE', version: 1, effectiveFrom: CODE_FROM,
		triggers: [{ type: 'complaint.made', dateKind: 'received', when: [COUNCIL, stage('1', '2')] }],
		count: { steps: [{ op: 'WDx', n: 5 }] },
		actor: 'council', kind: 'local', direction: 'ceiling',
		exceptions: [], remedies: ['P1', 'P3'],
		citation: [CODE],
		doneBy: [{ type: 'complaint.acknowledged', same: ['kind', 'stage'] }],
		mootBy: []
	},
	code('CO-CODE-S1', '1', 10),
	code('CO-CODE-S2', '2', 20),
	childrenAct('CO-CHILD-S1', '1', [10]),
	childrenAct('CO-CHILD-S2', '2', [25]),
	childrenAct('CO-CHILD-S3', '3', [30]),
	childrenAct('CO-CHILD-S3-REPORT-5WD', '3', [30, 5]),
	childrenAct('CO-CHILD-S3-ANSWER-15WD', '3', [30, 5, 15]),
	{
		id: 'CO-LGSCO-12M', version: 1,
		triggers: [{ type: 'problem.known', dateKind: 'aware' }],
		count: { steps: [{ op: 'M', n: 12 }] },
		actor: 'family', kind: 'statute', direction: 'window', passes: true,
		exceptions: [], remedies: ['P3'],
		citation: [read('Local Government Act 1974 s.26B; the Ombudsman may accept a later complaint')],
		doneBy: [{ type: 'complaint.made', is: { detail: 'kind', is: ['ombudsman'] } }],
		mootBy: []
	},
	{
		id: 'CO-JR-3M', version: 1,
		triggers: [{ type: 'problem.known', dateKind: 'aware' }],
		count: { steps: [{ op: 'M', n: 3 }] },
		actor: 'family', kind: 'statute', direction: 'window', passes: true,
		exceptions: [], remedies: ['P4'],
		citation: [recalled('Civil Procedure Rules 54.5: promptly, and at most three months')],
		doneBy: [],
		mootBy: []
	}
];
