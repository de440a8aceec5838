import type { Telling } from '../telling.ts';

export const REVIEW: Telling[] = [
	{
		says: 'the worked example: a meeting on Thursday 12 March 2026',
		asOf: '2026-02-20',
		events: 'review.meeting-set 2026-03-12',
		expect: `
			AR-NOTICE-2W @2026-03-12 due=2026-02-26 state=upcoming actor=school type=review.meeting-set
			AR-PAPERS-2W @2026-03-12 due=2026-02-26 state=upcoming`,
		absent: 'AR-2W-REPORT AR-4W-DECISION'
	},
	{
		says: 'held, with nothing else known: no notice yet',
		asOf: '2026-03-20',
		events: 'review.meeting-set 2026-03-12\nreview.meeting-held 2026-03-12 kind=annual',
		expect: `
			AR-NOTICE-2W due=2026-02-26 state=passed by=review.meeting-held type=review.meeting-set
			AR-PAPERS-2W state=passed
			AR-2W-REPORT @2026-03-12 due=2026-03-26 state=upcoming
			AR-4W-DECISION due=2026-04-09
			AR-4W-NOTICE due=2026-04-09 kind=case
			AR-12W-OUTER due=2026-06-04 kind=case`,
		absent: 'AR-8W-FINAL AR-FINAL-BY AR-12M'
	},
	{
		says: 'invited and papers out before the day was entered',
		asOf: '2026-03-01',
		events: 'review.meeting-set 2026-03-12\nreview.invited 2026-02-26\nreview.papers-sent 2026-02-27',
		expect:
			'AR-NOTICE-2W state=done_on_time by=review.invited\nAR-PAPERS-2W state=done_late by=review.papers-sent'
	},
	{
		says: 'a closer of a back-count at most 26 weeks before the meeting',
		asOf: '2026-03-01',
		events: 'review.meeting-set 2026-03-12\nreview.invited 2025-09-11',
		expect: 'AR-NOTICE-2W state=done_on_time'
	},
	{
		says: 'and no more than that',
		asOf: '2026-03-01',
		events: 'review.meeting-set 2026-03-12\nreview.invited 2025-09-10',
		expect: 'AR-NOTICE-2W state=late'
	},
	{
		says: 'a meeting called off is moot from the day that was recorded, even after due',
		asOf: '2026-03-02',
		events:
			'review.meeting-set 2026-03-12\nreview.meeting-cancelled 2026-03-12 recorded=2026-03-01T09:00:00Z',
		expect: 'AR-NOTICE-2W state=moot by=review.meeting-cancelled\nAR-PAPERS-2W state=moot'
	},
	{
		says: 'and not before it was recorded',
		asOf: '2026-02-28',
		events:
			'review.meeting-set 2026-03-12\nreview.meeting-cancelled 2026-03-12 recorded=2026-03-01T09:00:00Z',
		expect: 'AR-NOTICE-2W state=late'
	},
	{
		says: 'a new day replaces the old one, by when it was recorded, even an earlier day',
		asOf: '2026-02-10',
		events: `
			review.meeting-set 2026-04-16 recorded=2026-01-10T09:00:00Z
			review.meeting-set 2026-03-12 recorded=2026-02-01T09:00:00Z`,
		expect:
			'AR-NOTICE-2W @2026-04-16 state=moot by=review.meeting-set\nAR-NOTICE-2W @2026-03-12 due=2026-02-26 state=upcoming'
	},
	{
		says: 'last year’s meeting was held, so this year’s does not replace it',
		asOf: '2026-02-10',
		events: `
			review.meeting-set 2025-03-12
			review.invited 2025-02-20
			review.meeting-held 2025-03-12
			review.meeting-set 2026-03-10`,
		expect:
			'AR-NOTICE-2W @2025-03-12 state=done_on_time\nAR-PAPERS-2W @2025-03-12 state=passed by=review.meeting-held\nAR-NOTICE-2W @2026-03-10 due=2026-02-24 state=upcoming'
	},
	{
		says: 'brought forward: the held meeting has its own day',
		asOf: '2026-03-20',
		events: 'review.meeting-set 2026-04-16\nreview.meeting-held 2026-03-12',
		expect: `
			AR-NOTICE-2W @2026-04-16 due=2026-04-02 state=moot by=review.meeting-held
			AR-NOTICE-2W @2026-03-12 due=2026-02-26 type=review.meeting-held state=late`
	},
	{
		says: 'an amendment notice after the meeting: the earliest of the limits',
		asOf: '2026-04-20',
		events:
			'review.meeting-held 2026-03-12\nreview.report-sent 2026-03-27\nreview.amendment-notice 2026-03-25',
		expect: `
			AR-2W-REPORT state=done_late
			AR-4W-DECISION state=done_on_time by=review.amendment-notice
			AR-4W-NOTICE state=done_on_time
			AR-15D-COMMENT @2026-03-25 due=2026-04-08 state=passed
			PB-REQUEST @2026-03-25 due=2026-04-08 state=passed
			AR-8W-FINAL @2026-03-25 due=2026-05-20 state=upcoming
			AR-12W-OUTER @2026-03-12 due=2026-06-04 state=upcoming
			AR-FINAL-BY @2026-03-25 due=2026-05-20 state=upcoming
			AR-12M @2026-03-25 due=2027-03-25 strict=2027-03-24 type=review.amendment-notice`
	},
	{
		says: 'a late notice: twelve weeks from the meeting come first',
		asOf: '2026-06-05',
		events:
			'review.meeting-held 2026-03-12\nreview.decided 2026-04-09 outcome=amend\nreview.amendment-notice 2026-05-01',
		expect: `
			AR-4W-DECISION state=done_on_time by=review.decided
			AR-4W-NOTICE state=done_late
			AR-8W-FINAL due=2026-06-26 state=upcoming
			AR-FINAL-BY due=2026-06-04 state=late
			AR-12W-OUTER state=late
			AR-12M @2026-04-09 due=2027-04-09`
	},
	{
		says: 'a transfer’s last day comes first of the three',
		asOf: '2026-01-20',
		events: `
			transfer.expected 2025-09-01 phase=primary-to-secondary startsOn=2026-09-01
			review.meeting-held 2025-12-04
			review.amendment-notice 2026-01-05`,
		expect: 'AR-8W-FINAL due=2026-03-02\nAR-12W-OUTER due=2026-02-26\nAR-FINAL-BY due=2026-02-15'
	},
	{
		says: 'a transfer that was replaced does not count',
		asOf: '2026-01-20',
		events: `
			transfer.expected 2025-09-01 phase=primary-to-secondary startsOn=2026-09-01
			transfer.expected 2025-10-01 phase=secondary-to-post-16 startsOn=2026-09-01
			review.meeting-held 2025-12-04
			review.amendment-notice 2026-01-05`,
		expect:
			'AR-FINAL-BY due=2026-02-26\nPT-15FEB state=moot by=transfer.expected\nPT-31MAR due=2026-03-31 strict=2026-03-30 state=upcoming'
	},
	{
		says: 'a notice without a meeting: eight weeks only as an alternative',
		asOf: '2026-04-01',
		events: 'review.amendment-notice 2026-03-25',
		expect:
			'AR-8W-FINAL due=2026-05-20\nAR-FINAL-BY due=- needs=review.meeting-held alt=2026-05-20 state=upcoming',
		absent: 'AR-12M AR-12W-OUTER'
	},
	{
		says: 'a meeting 26 weeks before the notice belongs to it; a day more does not',
		asOf: '2026-09-20',
		events: 'review.meeting-held 2026-03-12\nreview.amendment-notice 2026-09-10',
		expect: 'AR-FINAL-BY due=2026-06-04\nAR-12M @2026-09-10'
	},
	{
		says: 'more than 26 weeks',
		asOf: '2026-09-20',
		events: 'review.meeting-held 2026-03-12\nreview.amendment-notice 2026-09-11',
		expect: 'AR-FINAL-BY due=- alt=2026-11-06\nAR-4W-DECISION state=late by=-',
		absent: 'AR-12M'
	},
	{
		says: 'a second notice after one meeting makes floors and no second limit',
		asOf: '2026-05-01',
		events: `
			review.meeting-held 2026-03-12
			review.amendment-notice 2026-03-25
			review.amendment-notice 2026-04-10`,
		expect: `
			AR-8W-FINAL due=2026-05-20
			AR-FINAL-BY due=2026-05-20
			AR-15D-COMMENT @2026-03-25 due=2026-04-08
			AR-15D-COMMENT @2026-04-10 due=2026-04-24
			AR-12M @2026-03-25`
	},
	{
		says: 'without a meeting every notice counts',
		asOf: '2026-05-01',
		events: 'review.amendment-notice 2026-03-25\nreview.amendment-notice 2026-04-10',
		expect: 'AR-8W-FINAL @2026-03-25 due=2026-05-20\nAR-8W-FINAL @2026-04-10 due=2026-06-05'
	},
	{
		says: 'kept as it is: no notice is due, and an appeal opens',
		asOf: '2026-04-20',
		events: 'review.meeting-held 2026-03-12\nreview.decided 2026-04-09 outcome=maintain',
		expect: `
			AR-4W-DECISION due=2026-04-09 state=done_on_time
			AR-4W-NOTICE state=moot by=review.decided
			AR-12W-OUTER state=moot
			AR-12M @2026-04-09 due=2027-04-09 strict=2027-04-08
			TRIB-APPEAL-2M @2026-04-09 due=2026-06-09 send=2026-06-08
			MED-CONTACT-2M @2026-04-09 due=2026-06-09`,
		absent: 'CEASE-APPEAL'
	},
	{
		says: 'the council decides after its notice not to amend',
		asOf: '2026-06-20',
		events: `
			review.meeting-held 2026-03-12
			review.amendment-notice 2026-03-25
			review.decided 2026-05-12 outcome=maintain`,
		expect:
			'AR-8W-FINAL state=done_on_time by=review.decided\nAR-FINAL-BY state=moot by=review.decided\nAR-12W-OUTER state=moot\nAR-12M @2026-03-25 state=done_on_time\nAR-12M @2026-05-12 state=upcoming'
	},
	{
		says: 'the yearly clock: first plan, then each decision, never the amended plan',
		asOf: '2026-02-01',
		events: `
			plan.finalised 2024-02-29
			review.decided 2025-03-01 outcome=amend
			plan.finalised 2025-04-20`,
		expect: `
			AR-12M @2024-02-29 due=2025-02-28 strict=2025-02-27 state=done_late by=review.decided
			AR-12M @2025-03-01 due=2026-03-01 strict=2026-02-28 state=upcoming`
	},
	{
		says: 'from 29 February the strict day is a day earlier as well',
		asOf: '2028-03-01',
		events: 'plan.finalised 2027-02-28',
		expect: 'AR-12M due=2028-02-28 strict=2028-02-27 state=late'
	},
	{
		says: 'only an amended plan is known: it stands in, and says so',
		asOf: '2026-02-01',
		events: 'plan.finalised 2025-04-20 kind=amended\nplan.finalised 2025-08-20 kind=amended',
		expect: 'AR-12M @2025-04-20 due=2026-04-20 alt=2026-04-20\nAR-EY-6M @2025-04-20 needs=bornOn'
	},
	{
		says: 'an amended plan after a decision does not stand in',
		asOf: '2026-02-01',
		events: 'review.decided 2025-03-01 outcome=amend\nplan.finalised 2025-04-20 kind=amended',
		expect: 'AR-12M @2025-03-01 due=2026-03-01 alt=-'
	},
	{
		says: 'a decision without an outcome starts the year; the rest ask for it',
		asOf: '2026-04-20',
		born: '2015-01-01',
		events: 'review.meeting-held 2026-03-12\nreview.decided 2026-04-09',
		expect: `
			AR-12M @2026-04-09 due=2027-04-09
			AR-4W-DECISION state=done_on_time
			AR-4W-NOTICE state=late
			TRIB-APPEAL-2M @2026-04-09 due=- needs=outcome state=upcoming
			MED-CONTACT-2M @2026-04-09 due=- needs=outcome
			CEASE-APPEAL @2026-04-09 due=- needs=outcome`,
		absent: 'AR-EY-6M'
	},
	{
		says: 'a child under five: every six months, three as the other reading',
		asOf: '2026-04-20',
		born: '2022-05-01',
		events: 'plan.finalised 2025-09-01\nreview.decided 2026-03-10 outcome=maintain',
		expect:
			'AR-EY-6M @2025-09-01 due=2026-03-01 alt=2025-12-01 state=done_late\nAR-EY-6M @2026-03-10 due=2026-09-10 alt=2026-06-10'
	},
	{
		says: 'on the fifth birthday it no longer applies',
		asOf: '2026-04-20',
		born: '2021-03-01',
		events: 'plan.finalised 2025-09-01',
		expect: 'AR-12M due=2026-09-01',
		absent: 'AR-EY-6M'
	},
	{
		says: 'born on 29 February the fifth birthday is 28 February',
		asOf: '2025-04-20',
		born: '2020-02-29',
		events: 'plan.finalised 2024-08-28',
		expect: 'AR-12M due=2025-08-28',
		absent: 'AR-EY-6M'
	},
	{
		says: 'one day before that birthday it does',
		asOf: '2025-04-20',
		born: '2020-02-29',
		events: 'plan.finalised 2024-08-27',
		expect: 'AR-EY-6M due=2025-02-27'
	},
	{
		says: 'amended outside a review',
		asOf: '2026-04-20',
		events: 'review.amendment-notice 2026-03-25 outside=yes',
		expect:
			'AR-OUTSIDE-15D due=2026-04-08 state=passed direction=floor\nAR-OUTSIDE-8W due=2026-05-20 state=upcoming',
		absent: 'AR-15D-COMMENT AR-8W-FINAL AR-FINAL-BY PB-REQUEST AR-12M'
	},
	{
		says: 'answered, and the plan amended, outside a review',
		asOf: '2026-06-20',
		events:
			'review.amendment-notice 2026-03-25 outside=yes\ndraft.answered 2026-04-01\nplan.finalised 2026-05-21',
		expect: 'AR-OUTSIDE-15D state=done_on_time\nAR-OUTSIDE-8W state=done_late'
	},
	{
		says: 'an amended draft on the day of a notice has no floor of its own',
		asOf: '2026-04-20',
		events: 'plan.finalised 2024-01-10\nreview.amendment-notice 2026-03-25\ndraft.served 2026-03-25',
		expect:
			'AR-15D-COMMENT type=review.amendment-notice due=2026-04-08\nPB-REQUEST type=draft.served\nPB-REQUEST type=review.amendment-notice',
		absent: 'EHCNA-15D-COMMENT RE-15D-COMMENT'
	},
	{
		says: 'an amended draft on another day has one',
		asOf: '2026-04-20',
		events: 'plan.finalised 2024-01-10\ndraft.served 2026-03-26',
		expect: 'AR-15D-COMMENT type=draft.served due=2026-04-09'
	},
	{
		says: 'ceased: plan rules end from that day',
		asOf: '2026-08-01',
		events: 'plan.finalised 2026-01-10\nreview.meeting-held 2026-05-12\nplan.ceased 2026-06-01',
		expect: `
			AR-12M state=ended by=plan.ceased
			RE-6M-BAR due=2026-07-10 state=ended
			AR-2W-REPORT due=2026-05-26 state=done_late by=plan.ceased
			AR-12W-OUTER state=ended
			PROVISION-START state=passed
			TRIB-APPEAL-2M state=passed by=-`
	},
	{
		says: 'an amended plan never moves the clock, nor starts a bar',
		asOf: '2026-02-01',
		born: '2022-05-01',
		events: 'plan.finalised 2024-02-29\nplan.finalised 2025-04-20',
		expect: 'AR-12M @2024-02-29 state=late\nAR-EY-6M @2024-02-29 due=2024-08-29 actor=council state=late',
		absent: 'AR-12M@2025-04-20 AR-EY-6M@2025-04-20 RE-6M-BAR@2025-04-20'
	},
	{
		says: 'a decision to cease starts no year',
		asOf: '2026-02-01',
		born: '2022-05-01',
		events: 'plan.finalised 2024-02-29\nreview.decided 2025-02-10 outcome=cease',
		expect: 'AR-12M @2024-02-29 state=done_on_time',
		absent: 'AR-12M@2025-02-10 AR-EY-6M@2025-02-10'
	},
	{
		says: 'a first notice stands for the decision: it closes the old year and starts the new',
		asOf: '2026-09-01',
		born: '2022-05-01',
		events: `
			plan.finalised 2025-04-01
			review.meeting-held 2026-02-12
			review.amendment-notice 2026-03-05
			review.amendment-notice 2026-03-20`,
		expect: `
			AR-12M @2025-04-01 due=2026-04-01 state=done_on_time by=review.amendment-notice closed=2026-03-05
			AR-12M @2026-03-05 due=2027-03-05 state=upcoming
			AR-EY-6M @2025-04-01 due=2025-10-01 state=done_late by=review.amendment-notice
			AR-EY-6M @2026-03-05 due=2026-09-05 alt=2026-06-05`,
		absent: 'AR-12M@2026-03-20 AR-EY-6M@2026-03-20'
	},
	{
		says: 'a notice after the decision, and one outside a review, stand for nothing',
		asOf: '2026-09-01',
		born: '2014-05-01',
		events: `
			plan.finalised 2025-04-01
			review.meeting-held 2026-02-12
			review.amendment-notice 2026-02-20 outside=yes
			review.decided 2026-03-01 outcome=amend
			review.amendment-notice 2026-03-05`,
		expect: `
			AR-12M @2025-04-01 state=done_on_time by=review.decided
			AR-12M @2026-03-01 state=upcoming
			AR-8W-FINAL @2026-03-05 due=2026-04-30
			AR-OUTSIDE-8W @2026-02-20 due=2026-04-17`,
		absent:
			'AR-12M@2026-02-20 AR-12M@2026-03-05 AR-8W-FINAL@2026-02-20 AR-OUTSIDE-8W@2026-03-05 AR-OUTSIDE-15D@2026-03-05 AR-EY-6M'
	},
	{
		says: 'a notice closes the year only when it stands for the decision',
		asOf: '2026-09-01',
		events: 'plan.finalised 2025-04-01\nreview.amendment-notice 2026-03-05',
		expect: 'AR-12M @2025-04-01 state=late\nAR-EY-6M @2025-04-01 by=-'
	},
	{
		says: 'a decision to amend or to cease leaves the notice’s eight weeks open',
		asOf: '2026-04-20',
		events: `
			review.amendment-notice 2026-03-25
			review.amendment-notice 2026-03-26 outside=yes
			review.meeting-held 2026-03-12
			review.decided 2026-04-01 outcome=amend`,
		expect:
			'AR-8W-FINAL state=upcoming by=-\nAR-FINAL-BY state=upcoming\nAR-OUTSIDE-8W state=upcoming\nAR-4W-NOTICE state=done_on_time'
	},
	{
		says: 'a meeting called off on another day is another meeting',
		asOf: '2026-02-10',
		events: 'review.meeting-set 2026-03-12\nreview.meeting-cancelled 2026-03-11',
		expect: 'AR-NOTICE-2W state=upcoming by=-\nAR-PAPERS-2W state=upcoming by=-'
	},
	{
		says: 'papers of a meeting that was moved are moot as well, and the new day’s are not',
		asOf: '2026-02-10',
		events: 'review.meeting-set 2026-03-12\nreview.meeting-set 2026-04-16',
		expect:
			'AR-PAPERS-2W @2026-03-12 state=moot by=review.meeting-set\nAR-PAPERS-2W @2026-04-16 state=upcoming by=-'
	}
];
