import type { Telling } from '../telling.ts';

export const APPEAL: Telling[] = [
	{
		says: 'the worked letter of 30 December 2025: clamps to Saturday, rolls to Monday',
		asOf: '2026-02-27',
		events: 'assessment.refused 2025-12-30',
		expect:
			'TRIB-APPEAL-2M due=2026-03-02 send=2026-02-27 state=upcoming alt=-\nMED-CONTACT-2M due=2026-02-28 state=upcoming'
	},
	{
		says: 'the worked letter of 18 June 2026: August moves it to 1 September',
		asOf: '2026-08-20',
		events: 'assessment.refused 2026-06-18',
		expect:
			'TRIB-APPEAL-2M due=2026-09-01 send=2026-08-28 state=upcoming\nMED-CONTACT-2M due=2026-08-18 state=passed'
	},
	{
		says: 'a limit that only rolls into August keeps both readings',
		asOf: '2027-07-01',
		events: 'assessment.refused 2027-05-31',
		expect: 'TRIB-APPEAL-2M due=2027-08-02 send=2027-07-30 alt=2027-09-01'
	},
	{
		says: 'a limit that ends at Christmas: the first working day after 1 January',
		asOf: '2026-12-01',
		events: 'assessment.refused 2026-10-27',
		expect: 'TRIB-APPEAL-2M due=2027-01-04 send=2026-12-31'
	},
	{
		says: 'an appeal closes only the decision it answers: the newest, or what `re` names',
		asOf: '2026-06-01',
		events: `
			assessment.refused 2026-01-05 #first
			plan.refused 2026-03-02 #second
			appeal.lodged 2026-03-20`,
		expect:
			'TRIB-APPEAL-2M @2026-01-05 due=2026-03-05 state=passed by=-\nTRIB-APPEAL-2M @2026-03-02 due=2026-05-05 state=done_on_time\nMED-CONTACT-2M @2026-03-02 state=done_on_time by=appeal.lodged'
	},
	{
		says: '`re` names the older decision',
		asOf: '2026-06-01',
		events: `
			assessment.refused 2026-02-05 #first
			plan.refused 2026-03-02 #second
			appeal.lodged 2026-03-20 re=first`,
		expect: 'TRIB-APPEAL-2M @2026-02-05 state=done_on_time\nTRIB-APPEAL-2M @2026-03-02 state=passed by=-'
	},
	{
		says: 'an appeal after the last day is done late',
		asOf: '2026-06-01',
		events: 'plan.refused 2026-03-02\nappeal.lodged 2026-05-06',
		expect: 'TRIB-APPEAL-2M due=2026-05-05 state=done_late'
	},
	{
		says: 'a certificate: the later of its month and the two months',
		asOf: '2026-04-20',
		events: `
			plan.refused 2026-03-02
			mediation.requested 2026-03-10
			mediation.declined 2026-04-07
			mediation.certificate 2026-04-10`,
		expect: `
			MED-CONTACT-2M @2026-03-02 due=2026-05-02 state=done_on_time by=mediation.requested
			MED-30D @2026-03-10 due=2026-04-09 state=done_on_time by=mediation.declined actor=council
			MED-CERT-3WD @2026-04-07 due=2026-04-10 state=done_on_time by=mediation.certificate actor=mediation-adviser
			MED-CERT-3WD @2026-03-10 due=2026-04-14 state=moot by=mediation.declined
			TRIB-APPEAL-2M @2026-03-02 due=2026-05-05
			TRIB-APPEAL-1M-CERT @2026-04-10 due=2026-05-11 send=2026-05-08 actor=family`
	},
	{
		says: 'the two months end later than the certificate’s month',
		asOf: '2026-03-20',
		events: 'plan.refused 2026-03-02\nmediation.certificate 2026-03-10\nappeal.lodged 2026-05-01',
		expect: 'TRIB-APPEAL-1M-CERT due=2026-05-05 state=upcoming'
	},
	{
		says: 'one appeal closes both windows',
		asOf: '2026-05-02',
		events: 'plan.refused 2026-03-02\nmediation.certificate 2026-03-10\nappeal.lodged 2026-05-01',
		expect:
			'TRIB-APPEAL-1M-CERT state=done_on_time\nTRIB-APPEAL-2M state=done_on_time\nMED-CONTACT-2M state=done_on_time by=mediation.certificate'
	},
	{
		says: 'a certificate about a decision that nobody entered',
		asOf: '2026-04-20',
		events: 'mediation.certificate 2026-04-10',
		expect: 'TRIB-APPEAL-1M-CERT due=- alt=2026-05-11 needs=decision'
	},
	{
		says: 'mediation that lapses after 30 days is a certificate three working days on',
		asOf: '2026-04-20',
		events: 'mediation.requested 2026-03-10\nmediation.certificate 2026-04-15',
		expect:
			'MED-CERT-3WD @2026-03-10 due=2026-04-14 state=done_late\nMED-30D due=2026-04-09 state=done_late by=mediation.certificate'
	},
	{
		says: 'a certificate within the 30 days makes the lapse moot',
		asOf: '2026-04-20',
		events: 'mediation.requested 2026-03-10\nmediation.certificate 2026-04-09',
		expect: 'MED-CERT-3WD @2026-03-10 state=moot by=mediation.certificate\nMED-30D state=done_on_time'
	},
	{
		says: 'mediation after the lapse closes nothing of it',
		asOf: '2026-04-20',
		events: 'mediation.requested 2026-03-10\nmediation.held 2026-04-10',
		expect:
			'MED-CERT-3WD @2026-03-10 state=late\nMED-CERT-3WD @2026-04-10 due=2026-04-15\nMED-30D state=done_late by=mediation.held'
	},
	{
		says: 'ceasing: its own window, mediation too, and no ordinary appeal',
		asOf: '2026-07-01',
		events: 'review.decided 2026-06-18 outcome=cease',
		expect:
			'CEASE-APPEAL @2026-06-18 due=2026-09-01 send=2026-08-28 actor=family\nMED-CONTACT-2M @2026-06-18 due=2026-08-18',
		absent: 'TRIB-APPEAL-2M AR-12M'
	},
	{
		says: 'two letters about one ceasing within 14 days start one rule',
		asOf: '2026-07-05',
		events:
			'plan.finalised 2025-06-20\nreview.decided 2026-03-01 outcome=cease\ncease.decided 2026-03-15\nappeal.lodged 2026-04-01',
		expect:
			'CEASE-APPEAL @2026-03-01 due=2026-05-01 state=done_on_time\nMED-CONTACT-2M @2026-03-01 state=done_on_time\nAR-12M @2025-06-20 state=done_on_time by=review.decided'
	},
	{
		says: 'an appeal after the second letter about one ceasing answers that ceasing, whatever came between the letters',
		asOf: '2026-07-05',
		events:
			'cease.decided 2026-03-01\nplan.finalised 2026-03-06\nreview.decided 2026-03-10 outcome=cease\nappeal.lodged 2026-04-01',
		expect:
			'CEASE-APPEAL @2026-03-01 state=done_on_time by=appeal.lodged\nTRIB-APPEAL-2M @2026-03-06 state=passed by=-'
	},
	{
		says: 'so does a concession: what was given way on is the ceasing',
		asOf: '2026-04-01',
		events:
			'cease.decided 2026-03-01\nplan.finalised 2026-03-06\nreview.decided 2026-03-10 outcome=cease\nappeal.conceded 2026-03-20',
		expect: 'TRIB-R44-CEASE @2026-03-20 inferred=cease-allowed',
		absent: 'TRIB-R44-AMEND-5W'
	},
	{
		says: 'fifteen days apart they are two',
		asOf: '2026-07-05',
		events: 'cease.decided 2026-03-01\nreview.decided 2026-03-16 outcome=cease',
		expect: 'CEASE-APPEAL @2026-03-01 due=2026-05-01\nCEASE-APPEAL @2026-03-16 due=2026-05-18'
	},
	{
		says: 'the later of two letters still closes',
		asOf: '2026-07-05',
		events:
			'cease.decided 2026-03-01\nreview.meeting-held 2026-02-20\nreview.decided 2026-03-10 outcome=cease',
		expect: 'CEASE-APPEAL @2026-03-01\nAR-4W-DECISION state=done_on_time\nAR-4W-NOTICE state=moot'
	},
	{
		says: 'a certificate about ceasing',
		asOf: '2026-03-20',
		events: 'cease.decided 2026-03-02\nmediation.certificate 2026-03-10',
		expect: 'TRIB-APPEAL-1M-CERT due=2026-05-05'
	},
	{
		says: 'filing and answering skip August',
		asOf: '2026-09-01',
		events: 'appeal.lodged 2026-07-20\nappeal.sent-to-council 2026-07-20',
		expect: `
			TRIB-REG-10WD @2026-07-20 due=2026-09-01 state=done_on_time actor=tribunal
			TRIB-RESP-30WD @2026-07-20 due=2026-09-29 state=upcoming actor=council`
	},
	{
		says: 'an answer, a concession and an order',
		asOf: '2026-06-01',
		events: `
			appeal.sent-to-council 2026-01-12
			appeal.response 2026-02-24
			appeal.sent-to-council 2026-03-02
			appeal.order 2026-05-20 outcome=dismissed`,
		expect:
			'TRIB-RESP-30WD @2026-01-12 due=2026-02-23 state=done_late by=appeal.response\nTRIB-RESP-30WD @2026-03-02 due=2026-04-15 state=passed by=appeal.order\nTRIB-UT-28D @2026-05-20 due=2026-06-17 send=2026-06-16',
		absent: 'TRIB-R44-2W TRIB-REC-5W'
	},
	{
		says: 'an order before the answer was due makes it moot',
		asOf: '2026-06-01',
		events: 'appeal.sent-to-council 2026-03-02\nappeal.order 2026-03-20 outcome=dismissed',
		expect: 'TRIB-RESP-30WD state=moot'
	},
	{
		says: 'a hearing: the bundle ten working days before, the decision about two weeks after',
		asOf: '2026-04-20',
		events: 'hearing.set 2026-06-10\nbundle.received 2026-05-27',
		expect:
			'TRIB-BUNDLE-10WD @2026-06-10 due=2026-05-27 state=upcoming\nTRIB-DECISION @2026-06-10 due=2026-06-24 state=not_started actor=tribunal'
	},
	{
		says: 'bundle in time, order in time',
		asOf: '2026-06-24',
		events: 'hearing.set 2026-06-10\nbundle.received 2026-05-27\nappeal.order 2026-06-20 outcome=dismissed',
		expect: 'TRIB-BUNDLE-10WD state=done_on_time\nTRIB-DECISION state=done_on_time by=appeal.order'
	},
	{
		says: 'a hearing in September: the bundle’s days skip August',
		asOf: '2026-06-24',
		events: 'hearing.set 2026-09-04',
		expect: 'TRIB-BUNDLE-10WD due=2026-07-23'
	},
	{
		says: 'a bundle that never came, and the order',
		asOf: '2026-06-24',
		events: 'hearing.set 2026-06-10\nappeal.order 2026-06-12 outcome=dismissed',
		expect: 'TRIB-BUNDLE-10WD state=passed by=appeal.order'
	},
	{
		says: 'a date in the tribunal’s directions stands as it is, even in August',
		asOf: '2026-08-01',
		events: 'directions.date 2026-08-15 what=evidence',
		expect: 'TRIB-DIRECTIONS due=2026-08-15 state=upcoming'
	},
	{
		says: 'and is passed, not late',
		asOf: '2026-08-16',
		events: 'directions.date 2026-08-15 what=evidence',
		expect: 'TRIB-DIRECTIONS state=passed'
	},
	{
		says: 'discrimination: six months, with no relief for August',
		asOf: '2026-08-16',
		events: 'problem.known 2026-02-15 about=discrimination',
		expect:
			'TRIB-DDA-6M due=2026-08-15 state=passed\nCO-LGSCO-12M due=2027-02-15\nCO-JR-3M due=2026-05-15 state=passed'
	},
	{
		says: 'leave to appeal rolls to a working day and is not helped by August',
		asOf: '2026-08-16',
		events: 'appeal.order 2026-07-18 outcome=dismissed',
		expect: 'TRIB-UT-28D due=2026-08-17 send=2026-08-14 state=upcoming'
	},
	{
		says: 'ordered to assess',
		asOf: '2026-03-01',
		events: 'appeal.order 2026-01-12 outcome=assess\nassessment.agreed 2026-01-20\nplan.refused 2026-02-20',
		expect:
			'TRIB-R44-2W due=2026-01-26 state=done_on_time\nTRIB-R44-10W due=2026-03-23 state=done_on_time by=plan.refused\nTRIB-R44-14W due=2026-04-20 state=moot'
	},
	{
		says: 'ordered to make a plan',
		asOf: '2026-04-01',
		events: 'appeal.order 2026-01-12 outcome=make-plan\ndraft.served 2026-02-16\nplan.finalised 2026-03-31',
		expect: 'TRIB-R44-5W due=2026-02-16 state=done_on_time\nTRIB-R44-11W due=2026-03-30 state=done_late',
		absent: 'TRIB-R44-2W TRIB-R44-AMEND-5W'
	},
	{
		says: 'several outcomes in one order',
		asOf: '2026-02-01',
		events: 'appeal.order 2026-01-12 outcome=amend,school,recommendation',
		expect:
			'TRIB-R44-AMEND-5W due=2026-02-16 state=upcoming\nTRIB-R44-SCHOOL-2W due=2026-01-26 state=late\nTRIB-REC-5W due=2026-02-16 actor=health-body state=upcoming',
		absent: 'TRIB-R44-CEASE'
	},
	{
		says: 'school with contents has the five weeks only',
		asOf: '2026-02-01',
		events: 'appeal.order 2026-01-12 outcome=school-and-contents',
		expect: 'TRIB-R44-AMEND-5W due=2026-02-16',
		absent: 'TRIB-R44-SCHOOL-2W'
	},
	{
		says: 'about ceasing: at once',
		asOf: '2026-02-01',
		events: 'appeal.order 2026-01-12 outcome=cease-allowed',
		expect: 'TRIB-R44-CEASE due=2026-01-12 state=passed'
	},
	{
		says: 'an order without an outcome asks for it',
		asOf: '2026-02-01',
		events: 'appeal.order 2026-01-12',
		expect:
			'TRIB-R44-2W needs=outcome due=-\nTRIB-R44-CEASE needs=outcome\nTRIB-REC-5W needs=outcome\nTRIB-UT-28D due=2026-02-09'
	},
	...(
		[
			['assessment.refused', 'assess', 'TRIB-R44-14W'],
			['reassessment.refused', 'reassess', 'TRIB-R44-14W'],
			['plan.refused', 'make-plan', 'TRIB-R44-11W'],
			['plan.finalised', 'amend', 'TRIB-R44-AMEND-5W'],
			['cease.decided', 'cease-allowed', 'TRIB-R44-CEASE']
		] as const
	).map(([decision, outcome, rule]) => ({
		says: `conceded about ${decision}: read as ${outcome}`,
		asOf: '2026-04-01',
		events: `${decision} 2026-01-12\nappeal.conceded 2026-03-02`,
		expect: `${rule} @2026-03-02 inferred=${outcome}`
	})),
	{
		says: 'conceded about nothing known asks for the outcome',
		asOf: '2026-04-01',
		events: 'appeal.conceded 2026-03-02',
		expect: 'TRIB-R44-2W needs=outcome',
		absent: 'TRIB-UT-28D'
	},
	{
		says: 'the later letter about one ceasing starts nothing at all',
		asOf: '2026-07-05',
		events: 'review.decided 2026-03-01 outcome=cease\ncease.decided 2026-03-15',
		expect: 'CEASE-APPEAL @2026-03-01\nMED-CONTACT-2M @2026-03-01',
		absent: 'CEASE-APPEAL@2026-03-15 MED-CONTACT-2M@2026-03-15'
	},
	{
		says: 'nor when the review’s letter is the later',
		asOf: '2026-07-05',
		events: 'cease.decided 2026-03-01\nreview.decided 2026-03-15 outcome=cease',
		expect: 'CEASE-APPEAL @2026-03-01\nMED-CONTACT-2M @2026-03-01',
		absent: 'CEASE-APPEAL@2026-03-15 MED-CONTACT-2M@2026-03-15'
	},
	{
		says: 'an appeal and mediation answer one decision, whichever window it has',
		asOf: '2026-03-20',
		events: `
			cease.decided 2026-02-02 #cease
			mediation.certificate 2026-02-20 re=cease
			plan.finalised 2026-03-01 #plan
			mediation.certificate 2026-03-10 re=plan
			appeal.lodged 2026-03-12 re=plan`,
		expect: `
			CEASE-APPEAL @2026-02-02 state=upcoming by=-
			MED-CONTACT-2M @2026-02-02 state=done_on_time closed=2026-02-20
			MED-CONTACT-2M @2026-03-01 state=done_on_time closed=2026-03-10
			TRIB-APPEAL-1M-CERT @2026-02-20 due=2026-04-02 state=upcoming by=-
			TRIB-APPEAL-1M-CERT @2026-03-10 due=2026-05-01 state=done_on_time
			TRIB-APPEAL-2M @2026-03-01 due=2026-05-01 state=done_on_time`
	},
	{
		says: 'mediation asked for about another decision leaves this one open',
		asOf: '2026-03-20',
		events: 'plan.refused 2026-02-02 #a\nplan.finalised 2026-03-01 #b\nmediation.requested 2026-03-02 re=b',
		expect: 'MED-CONTACT-2M @2026-02-02 state=upcoming by=-\nMED-CONTACT-2M @2026-03-01 state=done_on_time'
	}
];
