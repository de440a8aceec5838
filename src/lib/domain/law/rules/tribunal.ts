import type { RuleRecord } from '../rule-record.ts';
import { read, recalled } from './remedies.ts';

const HEARING = [{ type: 'hearing.set', dateKind: 'meeting' }] as const;
const ORDER = [{ type: 'appeal.order', dateKind: 'order' }] as const;
const DAYS = read('Tribunal Procedure (First-tier Tribunal) (HESC) Rules 2008 r.12(3)(b)');

/** Once an appeal runs: law.md §5.6, second half. The tribunal's own directions override every one of these. */
export const TRIBUNAL_RULES: readonly RuleRecord[] = [
	{
		id: 'TRIB-REG-10WD', version: 1,
		triggers: [{ type: 'appeal.lodged', dateKind: 'received' }],
		count: { steps: [{ op: 'WDt', n: 10 }] },
		actor: 'tribunal', kind: 'practice', direction: 'ceiling',
		exceptions: [], remedies: ['P1'],
		citation: [read('IPSEA, appeal pages: about 20 working days in practice'), DAYS],
		doneBy: [{ type: 'appeal.sent-to-council' }],
		mootBy: []
	},
	{
		id: 'TRIB-RESP-30WD', version: 1,
		triggers: [{ type: 'appeal.sent-to-council', dateKind: 'sent' }],
		count: { steps: [{ op: 'WDt', n: 30 }] },
		actor: 'council', kind: 'statute', direction: 'ceiling',
		exceptions: [], remedies: ['P1'],
		citation: [read('IPSEA, appeal pages'), DAYS],
		doneBy: [{ type: 'appeal.response' }, { type: 'appeal.conceded' }],
		mootBy: [{ type: 'appeal.order' }]
	},
	{
		id: 'TRIB-BUNDLE-10WD', version: 1,
		triggers: HEARING,
		count: { steps: [{ op: 'WDt-', n: 10 }] },
		back: true,
		actor: 'council', kind: 'statute', direction: 'ceiling',
		exceptions: [], remedies: ['P1'],
		citation: [read('IPSEA, appeal pages'), DAYS],
		doneBy: [{ type: 'bundle.received' }],
		mootBy: [{ type: 'appeal.order' }]
	},
	{
		id: 'TRIB-DECISION', version: 1,
		triggers: HEARING,
		count: { steps: [{ op: 'W', n: 2 }] },
		actor: 'tribunal', kind: 'practice', direction: 'ceiling',
		exceptions: [], remedies: ['P1'],
		citation: [read('Usual time from hearing to decision; not a limit')],
		doneBy: [{ type: 'appeal.order' }],
		mootBy: []
	},
	{
		id: 'TRIB-DIRECTIONS', version: 1,
		triggers: [{ type: 'directions.date', dateKind: 'fixed' }],
		count: { steps: [{ op: 'ON' }] },
		actor: 'family', kind: 'statute', direction: 'ceiling', passes: true,
		exceptions: [], remedies: ['P7'],
		citation: [read('The tribunal’s own letter; it overrides every usual date')],
		doneBy: [],
		mootBy: []
	},
	{
		id: 'TRIB-DDA-6M', version: 1,
		triggers: [{ type: 'problem.known', dateKind: 'aware', when: [{ detail: 'about', is: ['discrimination'] }] }],
		// No August or Christmas relief for discrimination claims since 21 July 2020.
		count: { steps: [{ op: 'M', n: 6 }] },
		actor: 'family', kind: 'statute', direction: 'window', passes: true,
		exceptions: [], remedies: ['P7'],
		citation: [recalled('Equality Act 2010 Schedule 17'), read('TPR r.12 as amended 21 July 2020')],
		doneBy: [],
		mootBy: []
	},
	{
		id: 'TRIB-UT-28D', version: 1,
		triggers: ORDER,
		count: { steps: [{ op: 'CD', n: 28 }], roll: 'tribunal' },
		sendBy: true,
		actor: 'family', kind: 'statute', direction: 'window', passes: true,
		exceptions: [], remedies: ['P7'],
		citation: [recalled('Tribunal Procedure (First-tier Tribunal) (HESC) Rules 2008 r.46')],
		doneBy: [],
		mootBy: []
	}
];
