import type { Telling } from '../telling.ts';

export const COMPLAINT_AND_CARE: Telling[] = [
	{
		says: 'the worked complaint of Monday 5 January 2026',
		asOf: '2026-01-27',
		events: 'complaint.made 2026-01-05',
		expect: 'CO-BCC-15WD @2026-01-05 due=2026-01-26 state=late kind=local',
		absent: 'CO-CODE CO-BCC-REVIEW-20WD CO-CHILD-S1'
	},
	{
		says: 'from 1 April 2026 the code counts too: acknowledgement, then the answer',
		asOf: '2026-05-01',
		events: 'complaint.made 2026-04-01\ncomplaint.acknowledged 2026-04-10\ncomplaint.answered 2026-04-24',
		expect: `
			CO-CODE @2026-04-01 due=2026-04-10 state=done_on_time kind=local
			CO-CODE-S1 @2026-04-10 due=2026-04-24 state=done_on_time
			CO-BCC-15WD due=2026-04-24 state=done_on_time`,
		absent: 'CO-CODE-S2'
	},
	{
		says: 'the day before it does not',
		asOf: '2026-05-01',
		events: 'complaint.made 2026-03-31',
		expect: 'CO-BCC-15WD due=2026-04-23',
		absent: 'CO-CODE'
	},
	{
		says: 'stage two',
		asOf: '2026-07-01',
		events: `
			complaint.made 2026-04-01
			complaint.made 2026-05-11 stage=2
			complaint.acknowledged 2026-05-12 stage=2
			complaint.answered 2026-06-09 stage=2`,
		expect: `
			CO-BCC-REVIEW-20WD @2026-05-11 due=2026-06-09 state=done_on_time
			CO-CODE @2026-05-11 due=2026-05-18 state=done_on_time
			CO-CODE @2026-04-01 state=late
			CO-CODE-S2 @2026-05-12 due=2026-06-10 state=done_on_time
			CO-BCC-15WD @2026-04-01 state=late`
	},
	{
		says: 'Children Act complaints have their own three stages',
		asOf: '2026-02-01',
		events: 'complaint.made 2026-01-05 kind=children-act\ncomplaint.answered 2026-01-19 kind=children-act',
		expect: 'CO-CHILD-S1 due=2026-01-19 state=done_on_time kind=statute',
		absent: 'CO-BCC-15WD CO-CODE CO-CHILD-S2'
	},
	{
		says: 'second and third stage, the third in a chain',
		asOf: '2026-02-01',
		events:
			'complaint.made 2026-01-05 kind=children-act stage=2\ncomplaint.made 2026-01-12 kind=children-act stage=3',
		expect: `
			CO-CHILD-S2 due=2026-02-09 state=upcoming
			CO-CHILD-S3 due=2026-02-23 state=upcoming
			CO-CHILD-S3-REPORT-5WD due=2026-03-02 state=upcoming
			CO-CHILD-S3-ANSWER-15WD due=2026-03-23 state=upcoming`
	},
	{
		says: 'the Ombudsman starts no complaint rule and closes its own window',
		asOf: '2026-06-01',
		events: 'problem.known 2026-01-05 about=delay\ncomplaint.made 2026-05-05 kind=ombudsman',
		expect:
			'CO-LGSCO-12M @2026-01-05 due=2027-01-05 state=done_on_time\nCO-JR-3M due=2026-04-05 state=passed actor=family',
		absent: 'CO-BCC-15WD CO-CODE CO-CHILD-S1 TRIB-DDA-6M'
	},
	{
		says: 'another complaint leaves the Ombudsman’s window open',
		asOf: '2027-06-01',
		events: 'problem.known 2026-01-05 about=delay\ncomplaint.made 2026-03-05',
		expect: 'CO-LGSCO-12M state=passed by=-'
	},
	{
		says: 'a problem about something unsaid asks what it is about',
		asOf: '2026-06-01',
		events: 'problem.known 2026-01-05',
		expect: 'TRIB-DDA-6M needs=about due=-'
	},
	{
		says: 'a referral to social care',
		asOf: '2026-02-01',
		events: 'care.referred 2026-01-02',
		expect: 'SC-1WD due=2026-01-05 state=passed kind=stat_guidance\nSC-45WD due=2026-03-06 state=upcoming'
	},
	{
		says: 'a subject access request: a month, then the next working day; three months when complex',
		asOf: '2026-02-01',
		events: 'records.requested 2026-01-31 kind=sar',
		expect: 'INFO-SAR-1M due=2026-03-02 alt=2026-04-30 state=upcoming',
		absent: 'INFO-FOI-20WD'
	},
	{
		says: 'freedom of information skips holidays anywhere in the United Kingdom',
		asOf: '2026-02-01',
		events: 'records.requested 2025-12-31 kind=foi',
		expect: 'INFO-FOI-20WD due=2026-01-30 state=passed',
		absent: 'INFO-SAR-1M'
	},
	{
		says: 'a request for records of no said kind',
		asOf: '2026-02-01',
		events: 'records.requested 2025-12-31',
		expect: 'INFO-FOI-20WD needs=kind\nINFO-SAR-1M needs=kind'
	},
	{
		says: 'eighteen weeks only where a consultant leads',
		asOf: '2026-06-01',
		events:
			'referral.made 2026-01-05 service=hearing consultantLed=yes\nreferral.made 2026-01-06 service=speech',
		expect: 'HE-18W @2026-01-05 due=2026-05-11 state=late actor=health-body',
		absent: 'HE-18W@2026-01-06'
	},
	{
		says: 'and it ends when the therapy begins, of that service',
		asOf: '2026-06-01',
		events: `
			referral.made 2026-01-05 service=hearing consultantLed=yes
			therapy.started 2026-02-02 service=speech
			therapy.started 2026-03-02 service=hearing`,
		expect: 'HE-18W state=done_on_time closed=2026-03-02'
	}
];
