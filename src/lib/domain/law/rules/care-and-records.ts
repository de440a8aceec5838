import type { RuleRecord } from '../rule-record.ts';
import { read, recalled } from './remedies.ts';

/** Social care, health and information rights: law.md §5.8. */
export const CARE_AND_RECORD_RULES: readonly RuleRecord[] = [
	{
		id: 'SC-1WD', version: 1,
		triggers: [{ type: 'care.referred', dateKind: 'received' }],
		count: { steps: [{ op: 'WDx', n: 1 }] },
		actor: 'council', kind: 'stat_guidance', direction: 'ceiling', passes: true,
		exceptions: [], remedies: ['P1', 'P2'],
		citation: [read('Working Together to Safeguard Children 2023')],
		doneBy: [],
		mootBy: []
	},
	{
		id: 'SC-45WD', version: 1,
		triggers: [{ type: 'care.referred', dateKind: 'received' }],
		count: { steps: [{ op: 'WDx', n: 45 }] },
		actor: 'council', kind: 'stat_guidance', direction: 'ceiling', passes: true,
		exceptions: [], remedies: ['P1', 'P2'],
		citation: [recalled('Working Together to Safeguard Children 2023')],
		doneBy: [],
		mootBy: []
	},
	{
		id: 'INFO-SAR-1M', version: 1,
		triggers: [{ type: 'records.requested', dateKind: 'received', when: [{ detail: 'kind', is: ['sar'] }] }],
		count: { steps: [{ op: 'M', n: 1 }], roll: 'working-day' },
		actor: 'council', kind: 'statute', direction: 'ceiling', passes: true,
		exceptions: [], remedies: ['P1', 'P2'],
		citation: [read('UK GDPR article 12(3); Information Commissioner’s Office, right of access')],
		doneBy: [],
		mootBy: [],
		alternatives: [
			{
				steps: [{ op: 'M', n: 3 }], roll: 'working-day',
				reading: 'three months in all when the request is complex', authority: 'UK GDPR article 12(3)'
			}
		]
	},
	{
		id: 'INFO-FOI-20WD', version: 1,
		triggers: [{ type: 'records.requested', dateKind: 'received', when: [{ detail: 'kind', is: ['foi'] }] }],
		count: { steps: [{ op: 'WDx', n: 20, calendar: 'united-kingdom' }] },
		actor: 'council', kind: 'statute', direction: 'ceiling', passes: true,
		exceptions: [], remedies: ['P1', 'P2'],
		citation: [read('Freedom of Information Act 2000 s.10')],
		doneBy: [],
		mootBy: []
	},
	{
		id: 'HE-18W', version: 1,
		triggers: [{ type: 'referral.made', dateKind: 'received', when: [{ detail: 'consultantLed', is: ['yes'] }] }],
		count: { steps: [{ op: 'W', n: 18 }] },
		actor: 'health-body', kind: 'stat_guidance', direction: 'ceiling',
		exceptions: [], remedies: ['P1'],
		citation: [read('NHS referral to treatment, consultant-led care only')],
		doneBy: [{ type: 'therapy.started', test: 'same-service' }],
		mootBy: []
	}
];
