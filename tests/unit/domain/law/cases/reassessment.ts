import type { Telling } from '../telling.ts';

export const REASSESSMENT: Telling[] = [
	{
		says: 'asked for and agreed',
		asOf: '2026-03-01',
		events: `
			plan.finalised 2024-03-01
			reassessment.requested 2026-01-05
			reassessment.agreed 2026-01-20`,
		expect: `
			RE-15D-DECISION @2026-01-05 due=2026-01-20 state=done_on_time
			RE-14W-FINAL @2026-01-20 due=2026-04-28 state=upcoming
			RE-6M-BAR @2024-03-01 due=2024-09-01 state=passed by=reassessment.requested`
	},
	{
		says: 'refused a day late: an appeal from the letter',
		asOf: '2026-03-01',
		events: 'reassessment.requested 2026-01-05\nreassessment.refused 2026-01-21',
		expect:
			'RE-15D-DECISION state=done_late\nTRIB-APPEAL-2M @2026-01-21 due=2026-03-23 send=2026-03-20\nMED-CONTACT-2M @2026-01-21 due=2026-03-21',
		absent: 'RE-14W-FINAL'
	},
	{
		says: 'a draft while it is open has the reassessment’s floor; the plan that ends it starts a bar',
		asOf: '2026-06-01',
		events: `
			plan.finalised 2024-03-01
			reassessment.agreed 2026-01-20
			draft.served 2026-04-01
			plan.finalised 2026-04-28
			draft.served 2026-05-20`,
		expect: `
			RE-15D-COMMENT @2026-04-01 due=2026-04-15 state=passed by=plan.finalised
			RE-14W-FINAL state=done_on_time
			RE-6M-BAR @2026-04-28 due=2026-10-28 state=upcoming
			AR-15D-COMMENT @2026-05-20 due=2026-06-03
			AR-12M @2024-03-01 due=2025-03-01 state=late`,
		absent: 'EHCNA-15D-COMMENT'
	},
	{
		says: 'an amended plan outside a reassessment starts no bar',
		asOf: '2026-06-01',
		events: 'plan.finalised 2024-03-01\nplan.finalised 2026-04-28',
		expect:
			'RE-6M-BAR @2024-03-01 due=2024-09-01\nPROVISION-START @2026-04-28 due=2026-04-28\nTRIB-APPEAL-2M @2026-04-28 due=2026-06-29 send=2026-06-26'
	},
	{
		says: 'ordered by the tribunal: only regulation 44 counts, and the draft still has the reassessment’s floor',
		asOf: '2026-03-01',
		events: `
			plan.finalised 2024-03-01
			appeal.order 2026-01-12 outcome=reassess
			reassessment.agreed 2026-01-20
			draft.served 2026-02-20`,
		expect: `
			TRIB-R44-2W @2026-01-12 due=2026-01-26 state=done_on_time by=reassessment.agreed
			TRIB-R44-10W due=2026-03-23 state=done_on_time by=draft.served
			TRIB-R44-14W due=2026-04-20 state=upcoming
			RE-15D-COMMENT @2026-02-20 due=2026-03-06`,
		absent: 'RE-14W-FINAL'
	},
	{
		says: 'a plan that ceases ends an open reassessment',
		asOf: '2026-03-01',
		events: 'reassessment.agreed 2026-01-20\nplan.ceased 2026-02-20',
		expect: 'RE-14W-FINAL state=ended by=plan.ceased'
	},
	{
		says: 'a new request within the bar',
		asOf: '2026-03-01',
		events: 'plan.finalised 2025-12-01\nreassessment.requested 2026-02-01',
		expect: 'RE-6M-BAR @2025-12-01 due=2026-06-01 state=done_on_time by=reassessment.requested'
	}
];
