import type { Telling } from '../telling.ts';

export const TRANSFER_AND_MOVE: Telling[] = [
	{
		says: 'to secondary school in September 2027',
		asOf: '2026-11-25',
		events: 'transfer.expected 2026-09-01 phase=primary-to-secondary startsOn=2027-09-01',
		expect: `
			PT-15FEB @2026-09-01 due=2027-02-15 strict=2027-02-14 state=upcoming actor=council aim=-
			PT-BACK-8W due=2026-12-21 aim=- state=upcoming
			PT-BACK-12W due=2026-11-23 aim=- state=late`,
		absent: 'PT-31MAR PT-5M'
	},
	...['early-years-to-school', 'infant-to-junior', 'primary-to-middle', 'middle-to-secondary'].map(
		(phase) => ({
			says: `${phase} also by 15 February`,
			asOf: '2026-11-25',
			events: `transfer.expected 2026-09-01 phase=${phase} startsOn=2027-09-01`,
			expect: 'PT-15FEB due=2027-02-15'
		})
	),
	{
		says: 'a back-count on a weekend says which Friday to aim for',
		asOf: '2025-11-01',
		events: 'transfer.expected 2025-09-01 phase=primary-to-secondary startsOn=2026-09-01',
		expect: `
			PT-15FEB due=2026-02-15
			PT-BACK-8W due=2025-12-21 aim=2025-12-19
			PT-BACK-12W due=2025-11-23 aim=2025-11-21`
	},
	{
		says: 'to post-16',
		asOf: '2026-11-25',
		events: 'transfer.expected 2026-09-01 phase=secondary-to-post-16 startsOn=2027-09-01',
		expect:
			'PT-31MAR due=2027-03-31 strict=2027-03-30\nPT-BACK-8W due=2027-02-03\nPT-BACK-12W due=2027-01-06',
		absent: 'PT-15FEB PT-5M'
	},
	{
		says: 'between post-16 institutions: five months back, 31 March as the other reading for September',
		asOf: '2026-11-25',
		events: 'transfer.expected 2026-09-01 phase=post-16-to-post-16 startsOn=2027-09-06',
		expect:
			'PT-5M due=2027-04-06 strict=- alt=2027-03-31 state=upcoming\nPT-BACK-8W due=2027-02-09\nPT-BACK-12W due=2027-01-12'
	},
	{
		says: 'five months back clamps at the end of a month',
		asOf: '2026-11-25',
		events: 'transfer.expected 2026-09-01 phase=post-16-to-post-16 startsOn=2027-07-31',
		expect: 'PT-5M due=2027-02-28 alt=-'
	},
	{
		says: 'the phase or the day is not known',
		asOf: '2026-11-25',
		events:
			'transfer.expected 2026-09-01 startsOn=2027-09-01\ntransfer.expected 2026-09-02 phase=primary-to-secondary',
		expect: `
			PT-15FEB @2026-09-01 needs=phase due=-
			PT-31MAR @2026-09-01 needs=phase
			PT-5M @2026-09-01 needs=phase
			PT-BACK-8W @2026-09-01 needs=phase
			PT-15FEB @2026-09-02 needs=startsOn due=-
			PT-BACK-12W @2026-09-02 needs=startsOn`
	},
	{
		says: 'a plan after the meeting closes it',
		asOf: '2026-03-01',
		events: `
			transfer.expected 2025-09-01 phase=primary-to-secondary startsOn=2026-09-01
			review.meeting-held 2025-11-03
			review.amendment-notice 2025-12-01
			plan.finalised 2026-02-15`,
		expect: `
			PT-15FEB state=done_on_time by=plan.finalised
			PT-BACK-12W state=done_on_time by=review.meeting-held
			PT-BACK-8W state=done_on_time by=review.amendment-notice`
	},
	{
		says: 'a plan from before the newest meeting does not',
		asOf: '2026-03-01',
		events: `
			transfer.expected 2025-09-01 phase=primary-to-secondary startsOn=2026-09-01
			plan.finalised 2025-10-15
			review.meeting-held 2025-11-03`,
		expect: 'PT-15FEB state=late by=-\nPT-BACK-8W state=late'
	},
	{
		says: 'the plan may come before the transfer was entered, within a year of the last day',
		asOf: '2026-03-01',
		events: `
			review.meeting-held 2025-05-01
			plan.finalised 2025-07-01
			transfer.expected 2025-09-01 phase=primary-to-secondary startsOn=2026-09-01`,
		expect: 'PT-15FEB state=done_on_time by=plan.finalised\nPT-BACK-8W state=moot by=plan.finalised'
	},
	{
		says: 'and not before that year',
		asOf: '2026-03-01',
		events: `
			plan.finalised 2025-02-14
			transfer.expected 2025-09-01 phase=primary-to-secondary startsOn=2026-09-01`,
		expect: 'PT-15FEB state=late'
	},
	{
		says: 'a plan after the last day is done late',
		asOf: '2026-03-01',
		events: `
			transfer.expected 2025-09-01 phase=primary-to-secondary startsOn=2026-09-01
			plan.finalised 2026-02-16`,
		expect: 'PT-15FEB state=done_late'
	},
	{
		says: 'rights pass to the young person, and 25',
		asOf: '2026-11-25',
		born: '2010-03-03',
		events: '',
		expect:
			'YP-RIGHTS @2010-03-03 type=child due=2026-06-26 state=passed\nPFA-25 @2010-03-03 due=2035-07-31 alt=2035-08-31 actor=council state=upcoming'
	},
	{
		says: 'born on 31 August, and on 1 September, lie a school year apart',
		asOf: '2026-11-25',
		born: '2010-08-31',
		events: '',
		expect: 'YP-RIGHTS due=2026-06-26\nPFA-25 due=2036-07-31'
	},
	{
		says: 'born on 1 September',
		asOf: '2026-11-25',
		born: '2010-09-01',
		events: '',
		expect: 'YP-RIGHTS due=2027-06-25 state=upcoming\nPFA-25 due=2036-07-31 alt=2036-08-31'
	},
	{
		says: 'known late: 15 working days beginning with the day, across Easter',
		asOf: '2026-04-10',
		events: 'area.move-known 2026-04-02 movesOn=2026-04-10',
		expect: 'MOVE-15WD @2026-04-02 due=2026-04-24 state=upcoming actor=old-council certain=true',
		absent: 'MOVE-DAY'
	},
	{
		says: 'known exactly 15 working days before: the day of the move',
		asOf: '2026-04-10',
		events: 'area.move-known 2026-04-02 movesOn=2026-04-27',
		expect: 'MOVE-DAY @2026-04-02 due=2026-04-27 actor=old-council',
		absent: 'MOVE-15WD'
	},
	{
		says: 'known 14 working days before',
		asOf: '2026-04-10',
		events: 'area.move-known 2026-04-02 movesOn=2026-04-24',
		expect: 'MOVE-15WD due=2026-04-24',
		absent: 'MOVE-DAY'
	},
	{
		says: 'the first word counts, with the newest day; another move starts anew',
		asOf: '2026-08-10',
		events: `
			area.move-known 2026-03-02 movesOn=2026-03-10
			area.move-known 2026-03-05 movesOn=2026-05-01
			area.moved 2026-05-01
			area.move-known 2026-08-03`,
		expect: `
			MOVE-DAY @2026-03-02 due=2026-05-01 state=done_on_time by=area.moved
			MOVE-15WD @2026-08-03 due=2026-08-21 state=upcoming
			MOVE-6W @2026-05-01 due=2026-06-12 state=late actor=new-council
			MOVE-REVIEW @2026-05-01 due=- needs=plan.finalised alt=2026-08-01`
	},
	{
		says: 'the new council’s review: the later of twelve months from the last and three from the move',
		asOf: '2026-06-01',
		events: 'plan.finalised 2025-06-20\nreview.decided 2025-12-01 outcome=amend\narea.moved 2026-05-01',
		expect: `
			MOVE-REVIEW due=2026-12-01 actor=new-council state=upcoming
			AR-12M @2025-12-01 state=moot by=area.moved
			AR-12M @2025-06-20 state=done_on_time`
	},
	{
		says: 'three months from the move come later',
		asOf: '2026-06-01',
		events: 'plan.finalised 2025-06-20\narea.moved 2026-05-01\nreview.decided 2026-07-01 outcome=maintain',
		expect: 'MOVE-REVIEW due=2026-08-01\nMOVE-6W state=upcoming'
	},
	{
		says: 'a decision closes both',
		asOf: '2026-07-01',
		events: 'plan.finalised 2025-06-20\narea.moved 2026-05-01\nreview.decided 2026-07-01 outcome=maintain',
		expect: 'MOVE-REVIEW state=done_on_time\nMOVE-6W due=2026-06-12 state=done_late'
	},
	{
		says: 'direct payments are looked at after three months, then twelve',
		asOf: '2026-06-01',
		events: 'payment.started 2026-01-31',
		expect: 'PB-REVIEW-3M due=2026-04-30 state=passed\nPB-REVIEW-12M due=2027-01-31 state=upcoming'
	},
	{
		says: 'and end with the plan',
		asOf: '2026-06-01',
		events: 'payment.started 2026-01-31\nplan.ceased 2026-05-15',
		expect: 'PB-REVIEW-3M state=passed\nPB-REVIEW-12M state=ended'
	},
	...(
		[
			['PT-15FEB', 'infant-to-junior'],
			['PT-31MAR', 'secondary-to-post-16'],
			['PT-5M', 'post-16-to-post-16']
		] as const
	).map(([rule, phase]) => ({
		says: `${rule}: another year’s transfer replaces nothing, and a plan from before the meeting finishes nothing`,
		asOf: '2026-12-31',
		events: `
			transfer.expected 2026-09-01 phase=${phase} startsOn=2027-09-06
			plan.finalised 2026-09-20 kind=amended
			review.meeting-held 2026-10-05
			transfer.expected 2026-11-01 phase=${phase} startsOn=2028-09-06`,
		expect: `
			${rule} @2026-09-01 state=upcoming by=-
			${rule} @2026-11-01 state=upcoming by=-
			PT-BACK-8W @2026-09-01 by=-
			PT-BACK-12W @2026-09-01 state=done_on_time by=review.meeting-held`
	})),
	{
		says: 'early warnings: a notice and a meeting may precede the day the transfer was entered by 26 weeks',
		asOf: '2026-12-31',
		events: `
			review.meeting-held 2026-04-20
			review.amendment-notice 2026-05-20
			transfer.expected 2026-09-01 phase=infant-to-junior startsOn=2027-09-06`,
		expect:
			'PT-BACK-8W state=done_on_time by=review.amendment-notice\nPT-BACK-12W state=done_on_time by=review.meeting-held'
	},
	{
		says: 'after 25, and for the family: whose it is, and passed',
		asOf: '2036-01-01',
		born: '2010-03-03',
		events: '',
		expect: 'YP-RIGHTS actor=family\nPFA-25 due=2035-07-31 state=passed'
	}
];
