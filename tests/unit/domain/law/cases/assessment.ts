import type { Telling } from '../telling.ts';

export const ASSESSMENT: Telling[] = [
	{
		says: 'the worked example: a request on Monday 5 January 2026',
		asOf: '2026-01-05',
		events: 'assessment.requested 2026-01-05',
		expect: `
			EHCNA-6W-DECISION @2026-01-05 due=2026-02-16 state=upcoming actor=council certain=true by=- alt=- strict=- send=-
			EHCNA-14W-DRAFT-GUIDE @2026-01-05 due=2026-04-13 state=upcoming kind=practice
			EHCNA-16W-DECISION @2026-01-05 due=2026-04-27 state=upcoming
			EHCNA-20W-FINAL @2026-01-05 due=2026-05-25 state=upcoming`,
		absent: 'EHCNA-ADVICE-6W PROVISION-START AR-12M YP-RIGHTS PFA-25 AR-EY-6M'
	},
	{
		says: 'the due day is on time, even a bank holiday',
		asOf: '2026-05-25',
		events: 'assessment.requested 2026-01-05',
		expect: 'EHCNA-20W-FINAL due=2026-05-25 state=due_today\nEHCNA-6W-DECISION state=late'
	},
	{
		says: 'late only from the day after',
		asOf: '2026-05-26',
		events: 'assessment.requested 2026-01-05',
		expect: 'EHCNA-20W-FINAL due=2026-05-25 state=late'
	},
	{
		says: 'a request that lies ahead has not started',
		asOf: '2026-01-04',
		events: 'assessment.requested 2026-01-05',
		expect: 'EHCNA-6W-DECISION state=not_started\nEHCNA-20W-FINAL state=not_started'
	},
	{
		says: 'responsibility that began starts the three limits and not the guide',
		asOf: '2026-02-01',
		events: 'responsibility.began 2026-01-05',
		expect: `
			EHCNA-6W-DECISION due=2026-02-16 type=responsibility.began
			EHCNA-16W-DECISION due=2026-04-27
			EHCNA-20W-FINAL due=2026-05-25`,
		absent: 'EHCNA-14W-DRAFT-GUIDE'
	},
	{
		says: 'agreed in time, one adviser late, draft and plan in time',
		asOf: '2026-06-01',
		events: `
			assessment.requested 2026-01-05
			assessment.agreed 2026-02-16
			advice.requested 2026-02-18 adviser=school
			advice.requested 2026-02-18 adviser=educational-psychology
			advice.received 2026-04-01 adviser=school
			advice.received 2026-04-02 adviser=educational-psychology
			draft.served 2026-04-20
			draft.answered 2026-05-04
			setting.consulted 2026-04-21 setting=Oak
			setting.consulted 2026-04-21 setting=Elm
			setting.replied 2026-05-06 setting=Oak
			plan.finalised 2026-05-22`,
		expect: `
			EHCNA-6W-DECISION state=done_on_time by=assessment.agreed
			EHCNA-ADVICE-6W @2026-02-18 adviser=school due=2026-04-01 state=done_on_time actor=adviser
			EHCNA-ADVICE-6W @2026-02-18 adviser=educational-psychology due=2026-04-01 state=done_late
			EHCNA-14W-DRAFT-GUIDE due=2026-04-13 state=done_late by=draft.served
			EHCNA-16W-DECISION due=2026-04-27 state=done_on_time by=draft.served
			EHCNA-15D-COMMENT @2026-04-20 due=2026-05-04 state=done_on_time actor=family direction=floor
			PB-REQUEST @2026-04-20 due=2026-05-04 state=done_on_time direction=window
			EHCNA-CONSULT-15D @2026-04-21 setting=Oak due=2026-05-06 state=done_on_time actor=setting
			EHCNA-CONSULT-15D @2026-04-21 setting=Elm due=2026-05-06 state=done_late by=plan.finalised
			EHCNA-20W-FINAL due=2026-05-25 state=done_on_time by=plan.finalised
			PROVISION-START @2026-05-22 due=2026-05-22 state=passed
			RE-6M-BAR @2026-05-22 due=2026-11-22 state=upcoming
			AR-12M @2026-05-22 due=2027-05-22 strict=2027-05-21
			TRIB-APPEAL-2M @2026-05-22 due=2026-07-22 send=2026-07-21
			MED-CONTACT-2M @2026-05-22 due=2026-07-22 send=-`,
		absent: 'AR-15D-COMMENT RE-15D-COMMENT AR-8W-FINAL'
	},
	{
		says: 'advice closes only for its own adviser, and a plan makes the rest moot',
		asOf: '2026-04-30',
		events: `
			advice.requested 2026-02-18 adviser=school
			advice.requested 2026-02-18 adviser=health
			advice.received 2026-03-01 adviser=school
			plan.refused 2026-03-20`,
		expect: `
			EHCNA-ADVICE-6W adviser=school state=done_on_time
			EHCNA-ADVICE-6W adviser=health state=moot by=plan.refused closed=2026-03-20`
	},
	{
		says: 'advice without an adviser still has a date',
		asOf: '2026-02-20',
		events: 'advice.requested 2026-02-18',
		expect: 'EHCNA-ADVICE-6W due=2026-04-01 needs=- adviser=-'
	},
	{
		says: 'a refusal: six weeks done, later limits moot, appeal opens',
		asOf: '2026-02-20',
		events: 'assessment.requested 2026-01-05\nassessment.refused 2026-02-13',
		expect: `
			EHCNA-6W-DECISION state=done_on_time by=assessment.refused
			EHCNA-14W-DRAFT-GUIDE state=moot by=assessment.refused
			EHCNA-16W-DECISION state=moot
			EHCNA-20W-FINAL state=moot
			TRIB-APPEAL-2M @2026-02-13 due=2026-04-13 send=2026-04-10 state=upcoming actor=family
			MED-CONTACT-2M @2026-02-13 due=2026-04-13 state=upcoming`
	},
	{
		says: 'a refusal after every limit is done late, never moot',
		asOf: '2026-07-01',
		events: 'assessment.requested 2026-01-05\nassessment.refused 2026-06-01',
		expect:
			'EHCNA-6W-DECISION state=done_late\nEHCNA-16W-DECISION state=done_late\nEHCNA-20W-FINAL state=done_late by=assessment.refused'
	},
	{
		says: 'closers after asOf do not count yet',
		asOf: '2026-02-10',
		events: 'assessment.requested 2026-01-05\nassessment.refused 2026-02-13',
		expect: 'EHCNA-6W-DECISION state=upcoming by=-\nTRIB-APPEAL-2M state=not_started'
	},
	{
		says: 'a refusal taken back without the tribunal reopens the 20 weeks beside the Ombudsman’s count',
		asOf: '2026-04-01',
		events: `
			assessment.requested 2026-01-05
			assessment.refused 2026-02-13
			assessment.refusal-reversed 2026-03-16`,
		expect: `
			EHCNA-20W-FINAL due=2026-05-25 state=upcoming by=-
			EHCNA-16W-DECISION state=moot
			EHCNA-LATE-AGREE-10W @2026-03-16 due=2026-05-25 alt=2026-05-25 kind=practice
			EHCNA-LATE-AGREE-14W @2026-03-16 due=2026-06-22 alt=2026-05-25
			TRIB-APPEAL-2M @2026-02-13 state=moot by=assessment.refusal-reversed
			MED-CONTACT-2M @2026-02-13 state=moot by=assessment.refusal-reversed`
	},
	{
		says: 'the reopened limit stays moot until the day of the reversal has come',
		asOf: '2026-03-15',
		events: `
			assessment.requested 2026-01-05
			assessment.refused 2026-02-13
			assessment.refusal-reversed 2026-03-16`,
		expect: 'EHCNA-20W-FINAL state=moot'
	},
	{
		says: 'refused twice on one request and then reversed: the 20 weeks are open again',
		asOf: '2026-04-20',
		events: `
			assessment.requested 2026-01-05
			assessment.refused 2026-02-10
			assessment.refused 2026-03-10
			assessment.refusal-reversed 2026-04-13`,
		expect: 'EHCNA-20W-FINAL @2026-01-05 due=2026-05-25 state=upcoming by=-'
	},
	{
		says: 'but the refusal of an earlier request stands',
		asOf: '2026-04-20',
		events: `
			assessment.requested 2025-01-06
			assessment.refused 2025-02-10
			assessment.requested 2026-01-05
			assessment.refused 2026-02-10
			assessment.refusal-reversed 2026-04-13`,
		expect:
			'EHCNA-20W-FINAL @2025-01-06 state=moot by=assessment.refused\nEHCNA-20W-FINAL @2026-01-05 state=upcoming by=-'
	},
	{
		says: 'conceded within 14 days of the reversal: regulation 44 alone',
		asOf: '2026-04-10',
		events: `
			assessment.requested 2026-01-05
			assessment.refused 2026-02-13
			assessment.refusal-reversed 2026-03-16
			appeal.conceded 2026-03-30`,
		expect: 'EHCNA-20W-FINAL state=moot\nTRIB-R44-14W @2026-03-30 due=2026-07-06 inferred=assess',
		absent: 'EHCNA-LATE-AGREE-10W EHCNA-LATE-AGREE-14W'
	},
	{
		says: 'conceded 15 days after the reversal is too late to suppress it',
		asOf: '2026-04-10',
		events: `
			assessment.requested 2026-01-05
			assessment.refused 2026-02-13
			assessment.refusal-reversed 2026-03-16
			appeal.conceded 2026-03-31`,
		expect: 'EHCNA-LATE-AGREE-14W due=2026-06-22\nEHCNA-20W-FINAL state=upcoming'
	},
	{
		says: 'no refusal recorded: an order since the request suppresses, one before it does not',
		asOf: '2026-04-10',
		events: `
			appeal.order 2025-12-01 outcome=dismissed
			assessment.requested 2026-01-05
			assessment.refusal-reversed 2026-03-16`,
		expect: 'EHCNA-LATE-AGREE-10W due=2026-05-25'
	},
	{
		says: 'no refusal and an order after the request',
		asOf: '2026-04-10',
		events: `
			assessment.requested 2026-01-05
			appeal.order 2026-02-01 outcome=dismissed
			assessment.refusal-reversed 2026-03-16`,
		expect: 'EHCNA-20W-FINAL state=upcoming',
		absent: 'EHCNA-LATE-AGREE-10W'
	},
	{
		says: 'after a reversal: a draft closes ten weeks, a refused plan makes 14 weeks moot',
		asOf: '2026-07-10',
		events: `
			assessment.refusal-reversed 2026-03-16
			draft.served 2026-05-20
			plan.refused 2026-06-01`,
		expect: `
			EHCNA-LATE-AGREE-10W state=done_on_time by=draft.served alt=-
			EHCNA-LATE-AGREE-14W state=moot by=plan.refused
			EHCNA-15D-COMMENT due=2026-06-03 state=moot by=plan.refused
			EHCNA-REREQUEST @2026-06-01 due=2026-12-01 state=upcoming`
	},
	{
		says: 'a refused plan: decision in time, final moot, a bar of six months, an appeal',
		asOf: '2026-11-01',
		events: 'assessment.requested 2026-01-05\nplan.refused 2026-04-24',
		expect: `
			EHCNA-16W-DECISION state=done_on_time by=plan.refused
			EHCNA-20W-FINAL state=moot by=plan.refused
			EHCNA-14W-DRAFT-GUIDE state=done_late by=plan.refused
			EHCNA-REREQUEST @2026-04-24 due=2026-10-24 state=passed direction=floor
			TRIB-APPEAL-2M @2026-04-24 due=2026-06-24 state=passed`
	},
	{
		says: 'a new request during the bar and after it',
		asOf: '2026-12-01',
		events: 'plan.refused 2026-01-24\nplan.refused 2026-05-24\nassessment.requested 2026-09-01',
		expect: `
			EHCNA-REREQUEST @2026-01-24 due=2026-07-24 state=passed by=assessment.requested
			EHCNA-REREQUEST @2026-05-24 due=2026-11-24 state=done_on_time by=assessment.requested`
	},
	{
		says: 'the floor: fifteen days beginning with the day of service, and a later answer is not late',
		asOf: '2026-04-30',
		events: 'draft.served 2026-03-04\ndraft.answered 2026-03-25',
		expect:
			'EHCNA-15D-COMMENT due=2026-03-18 state=passed by=draft.answered\nPB-REQUEST due=2026-03-18 state=done_late'
	},
	{
		says: 'nobody answered and the plan came after the floor',
		asOf: '2026-06-30',
		events: 'draft.served 2026-03-04\nplan.finalised 2026-05-25',
		expect: 'EHCNA-15D-COMMENT state=passed by=plan.finalised\nPB-REQUEST state=passed'
	},
	{
		says: 'two drafts have a floor each; `re` says which was answered',
		asOf: '2026-03-30',
		events: `
			draft.served 2026-03-04 #one
			draft.served 2026-03-10 #two
			draft.answered 2026-03-12 re=two`,
		expect:
			'EHCNA-15D-COMMENT @2026-03-04 due=2026-03-18 state=passed by=-\nEHCNA-15D-COMMENT @2026-03-10 due=2026-03-24 state=done_on_time'
	},
	{
		says: 'without `re` an answer closes every open floor before it',
		asOf: '2026-03-30',
		events: 'draft.served 2026-03-04\ndraft.served 2026-03-10\ndraft.answered 2026-03-12',
		expect:
			'EHCNA-15D-COMMENT @2026-03-04 state=done_on_time\nEHCNA-15D-COMMENT @2026-03-10 state=done_on_time'
	},
	{
		says: 'a first plan makes an undecided request moot',
		asOf: '2026-03-30',
		events: 'assessment.requested 2026-03-01\nplan.finalised 2026-03-20',
		expect:
			'EHCNA-6W-DECISION state=moot by=plan.finalised\nEHCNA-14W-DRAFT-GUIDE state=moot\nEHCNA-20W-FINAL state=done_on_time\nEHCNA-16W-DECISION state=done_on_time'
	}
];
