/**
 * The joining table once more, written by hand from law-decisions §3 and not from the records: rule | trigger | due | actor |
 * what it is after due (late or passed; w = a window, used late it is done late) | done by | moot by. `;` parts events;
 * details follow with spaces. Rules with conditions of their own have cases in cases/ besides.
 */
export const ROWS = `
EHCNA-6W-DECISION | assessment.requested 2026-01-05 | 2026-02-16 | council | late | assessment.agreed; assessment.refused | plan.finalised
EHCNA-6W-DECISION | responsibility.began 2026-01-05 | 2026-02-16 | council | late | assessment.agreed; assessment.refused | plan.finalised
EHCNA-14W-DRAFT-GUIDE | assessment.requested 2026-01-05 | 2026-04-13 | council | late | draft.served | assessment.refused; plan.refused; plan.finalised
EHCNA-16W-DECISION | assessment.requested 2026-01-05 | 2026-04-27 | council | late | plan.refused; draft.served; plan.finalised | assessment.refused
EHCNA-16W-DECISION | responsibility.began 2026-01-05 | 2026-04-27 | council | late | plan.refused; draft.served; plan.finalised | assessment.refused
EHCNA-20W-FINAL | assessment.requested 2026-01-05 | 2026-05-25 | council | late | plan.finalised | assessment.refused; plan.refused
EHCNA-20W-FINAL | responsibility.began 2026-01-05 | 2026-05-25 | council | late | plan.finalised | assessment.refused; plan.refused
EHCNA-ADVICE-6W | advice.requested 2026-02-18 adviser=school | 2026-04-01 | adviser | late | advice.received adviser=school | plan.refused; plan.finalised
EHCNA-15D-COMMENT | draft.served 2026-03-04 kind=first | 2026-03-18 | family | passed | draft.answered; plan.finalised | plan.refused
EHCNA-CONSULT-15D | setting.consulted 2026-04-21 setting=Oak | 2026-05-06 | setting | late | setting.replied setting=Oak; plan.finalised |
EHCNA-LATE-AGREE-10W | assessment.refusal-reversed 2026-03-16 | 2026-05-25 | council | late | plan.refused; draft.served; plan.finalised |
EHCNA-LATE-AGREE-14W | assessment.refusal-reversed 2026-03-16 | 2026-06-22 | council | late | plan.finalised | plan.refused
EHCNA-REREQUEST | plan.refused 2026-04-24 | 2026-10-24 | council | passed | assessment.requested |
PROVISION-START | plan.finalised 2026-04-24 kind=first | 2026-04-24 | council | passed | |
PROVISION-START | plan.finalised 2026-04-24 kind=amended | 2026-04-24 | council | passed | |
PB-REQUEST | draft.served 2026-03-04 kind=first | 2026-03-18 | family | w | draft.answered; plan.finalised | plan.refused
PB-REQUEST | review.amendment-notice 2026-03-04 | 2026-03-18 | family | w | draft.answered; plan.finalised | plan.refused
PB-REVIEW-3M | payment.started 2026-01-31 | 2026-04-30 | council | passed | |
PB-REVIEW-12M | payment.started 2026-01-31 | 2027-01-31 | council | passed | |
RE-15D-DECISION | reassessment.requested 2026-01-05 | 2026-01-20 | council | late | reassessment.agreed; reassessment.refused |
RE-14W-FINAL | reassessment.agreed 2026-01-20 | 2026-04-28 | council | late | plan.finalised |
RE-6M-BAR | plan.finalised 2026-01-10 kind=first | 2026-07-10 | council | passed | reassessment.requested |
RE-15D-COMMENT | draft.served 2026-03-04; reassessment.agreed 2026-01-20 | 2026-03-18 | family | passed | draft.answered; plan.finalised | plan.refused
AR-12M | plan.finalised 2026-01-10 kind=first | 2027-01-10 | council | late | review.decided; review.decided outcome=cease; review.decided outcome=amend | area.moved
AR-12M | review.decided 2026-01-10 outcome=amend | 2027-01-10 | council | late | review.decided | area.moved
AR-NOTICE-2W | review.meeting-set 2026-06-15 | 2026-06-01 | school | late | review.invited | review.meeting-held
AR-PAPERS-2W | review.meeting-set 2026-06-15 | 2026-06-01 | school | late | review.papers-sent | review.meeting-held
AR-NOTICE-2W | review.meeting-held 2026-06-15 | 2026-06-01 | school | late | review.invited | review.meeting-held
AR-PAPERS-2W | review.meeting-held 2026-06-15 | 2026-06-01 | school | late | review.papers-sent | review.meeting-held
AR-2W-REPORT | review.meeting-held 2026-03-12 | 2026-03-26 | school | late | review.report-sent |
AR-4W-DECISION | review.meeting-held 2026-03-12 kind=interim | 2026-04-09 | council | late | review.decided; review.decided outcome=maintain; review.amendment-notice |
AR-4W-NOTICE | review.meeting-held 2026-03-12 kind=phase-transfer | 2026-04-09 | council | late | review.amendment-notice | review.decided outcome=maintain; review.decided outcome=cease
AR-12W-OUTER | review.meeting-held 2026-03-12 kind=early-years | 2026-06-04 | council | late | plan.finalised | review.decided outcome=maintain; review.decided outcome=cease
AR-15D-COMMENT | review.amendment-notice 2026-03-25 | 2026-04-08 | family | passed | draft.answered; plan.finalised | plan.refused
AR-15D-COMMENT | draft.served 2026-03-25 kind=amended | 2026-04-08 | family | passed | draft.answered; plan.finalised | plan.refused
AR-8W-FINAL | review.amendment-notice 2026-03-25 | 2026-05-20 | council | late | plan.finalised; review.decided outcome=maintain |
AR-FINAL-BY | review.amendment-notice 2026-03-25; review.meeting-held 2026-03-12 | 2026-05-20 | council | late | plan.finalised | review.decided outcome=maintain
AR-OUTSIDE-15D | review.amendment-notice 2026-03-25 outside=yes | 2026-04-08 | family | passed | draft.answered; plan.finalised | plan.refused
AR-OUTSIDE-8W | review.amendment-notice 2026-03-25 outside=yes | 2026-05-20 | council | late | plan.finalised; review.decided outcome=maintain |
PT-15FEB | transfer.expected 2026-09-01 phase=primary-to-secondary startsOn=2027-09-01 | 2027-02-15 | council | late | plan.finalised | transfer.expected startsOn=2027-09-02
PT-31MAR | transfer.expected 2026-09-01 phase=secondary-to-post-16 startsOn=2027-09-01 | 2027-03-31 | council | late | plan.finalised | transfer.expected startsOn=2027-09-02
PT-5M | transfer.expected 2026-09-01 phase=post-16-to-post-16 startsOn=2027-07-31 | 2027-02-28 | council | late | plan.finalised | transfer.expected startsOn=2027-01-02
PT-BACK-8W | transfer.expected 2026-09-01 phase=primary-to-secondary startsOn=2027-09-01 | 2026-12-21 | council | late | review.amendment-notice; draft.served | plan.finalised; transfer.expected startsOn=2027-09-02
PT-BACK-12W | transfer.expected 2026-09-01 phase=primary-to-secondary startsOn=2027-09-01 | 2026-11-23 | council | late | review.meeting-held | plan.finalised; transfer.expected startsOn=2027-09-02
MOVE-DAY | area.move-known 2026-03-02 movesOn=2026-05-01 | 2026-05-01 | old-council | late | area.moved |
MOVE-15WD | area.move-known 2026-04-02 | 2026-04-24 | old-council | late | area.moved |
MOVE-6W | area.moved 2026-05-01 | 2026-06-12 | new-council | late | review.decided |
MOVE-REVIEW | area.moved 2026-05-01; plan.finalised 2025-06-20 | 2026-08-01 | new-council | late | review.decided |
MED-CONTACT-2M | assessment.refused 2026-01-12 | 2026-03-12 | family | w | appeal.lodged; mediation.requested; mediation.certificate | assessment.refusal-reversed
MED-CONTACT-2M | plan.refused 2026-01-12 | 2026-03-12 | family | w | appeal.lodged; mediation.requested; mediation.certificate |
MED-CONTACT-2M | reassessment.refused 2026-01-12 | 2026-03-12 | family | w | appeal.lodged; mediation.requested; mediation.certificate |
MED-CONTACT-2M | plan.finalised 2026-01-12 kind=amended | 2026-03-12 | family | w | appeal.lodged; mediation.requested; mediation.certificate |
MED-CONTACT-2M | review.decided 2026-01-12 outcome=maintain | 2026-03-12 | family | w | appeal.lodged; mediation.requested; mediation.certificate |
MED-CONTACT-2M | review.decided 2026-01-12 outcome=cease | 2026-03-12 | family | w | appeal.lodged; mediation.requested; mediation.certificate |
MED-CONTACT-2M | cease.decided 2026-01-12 | 2026-03-12 | family | w | appeal.lodged; mediation.requested; mediation.certificate |
TRIB-APPEAL-2M | assessment.refused 2026-01-12 | 2026-03-12 | family | w | appeal.lodged | assessment.refusal-reversed
TRIB-APPEAL-2M | plan.refused 2026-01-12 | 2026-03-12 | family | w | appeal.lodged |
TRIB-APPEAL-2M | reassessment.refused 2026-01-12 | 2026-03-12 | family | w | appeal.lodged |
TRIB-APPEAL-2M | plan.finalised 2026-01-12 kind=first | 2026-03-12 | family | w | appeal.lodged |
TRIB-APPEAL-2M | review.decided 2026-01-12 outcome=maintain | 2026-03-12 | family | w | appeal.lodged |
CEASE-APPEAL | review.decided 2026-01-12 outcome=cease | 2026-03-12 | family | w | appeal.lodged |
CEASE-APPEAL | cease.decided 2026-01-12 | 2026-03-12 | family | w | appeal.lodged |
TRIB-APPEAL-1M-CERT | mediation.certificate 2026-03-10; plan.refused 2026-01-12 | 2026-04-10 | family | w | appeal.lodged |
MED-30D | mediation.requested 2026-03-10 | 2026-04-09 | council | late | mediation.held; mediation.declined; mediation.certificate |
MED-CERT-3WD | mediation.held 2026-03-10 | 2026-03-13 | mediation-adviser | late | mediation.certificate |
MED-CERT-3WD | mediation.declined 2026-03-10 | 2026-03-13 | mediation-adviser | late | mediation.certificate |
MED-CERT-3WD | mediation.requested 2026-03-10 | 2026-04-14 | mediation-adviser | late | mediation.certificate |
TRIB-REG-10WD | appeal.lodged 2026-01-12 | 2026-01-26 | tribunal | late | appeal.sent-to-council |
TRIB-RESP-30WD | appeal.sent-to-council 2026-01-12 | 2026-02-23 | council | late | appeal.response; appeal.conceded | appeal.order
TRIB-BUNDLE-10WD | hearing.set 2026-06-10 | 2026-05-27 | council | late | bundle.received | appeal.order
TRIB-DECISION | hearing.set 2026-06-10 | 2026-06-24 | tribunal | late | appeal.order |
TRIB-DIRECTIONS | directions.date 2026-06-10 what=evidence | 2026-06-10 | family | passed | |
TRIB-DDA-6M | problem.known 2026-02-15 about=discrimination | 2026-08-15 | family | w | |
TRIB-UT-28D | appeal.order 2026-05-20 outcome=dismissed | 2026-06-17 | family | w | |
TRIB-R44-2W | appeal.order 2026-01-12 outcome=assess | 2026-01-26 | council | late | assessment.agreed; reassessment.agreed |
TRIB-R44-10W | appeal.order 2026-01-12 outcome=reassess | 2026-03-23 | council | late | plan.refused; draft.served; plan.finalised |
TRIB-R44-14W | appeal.conceded 2026-01-12 outcome=assess | 2026-04-20 | council | late | plan.finalised | plan.refused
TRIB-R44-5W | appeal.order 2026-01-12 outcome=make-plan | 2026-02-16 | council | late | draft.served |
TRIB-R44-11W | appeal.conceded 2026-01-12 outcome=make-plan | 2026-03-30 | council | late | plan.finalised |
TRIB-R44-AMEND-5W | appeal.order 2026-01-12 outcome=continue-and-amend | 2026-02-16 | council | late | plan.finalised |
TRIB-R44-SCHOOL-2W | appeal.conceded 2026-01-12 outcome=school | 2026-01-26 | council | late | plan.finalised |
TRIB-R44-CEASE | appeal.order 2026-01-12 outcome=cease-dismissed | 2026-01-12 | council | passed | |
TRIB-REC-5W | appeal.order 2026-01-12 outcome=recommendation | 2026-02-16 | health-body | passed | |
CO-BCC-15WD | complaint.made 2026-04-13 | 2026-05-05 | council | late | complaint.answered |
CO-BCC-REVIEW-20WD | complaint.made 2026-04-13 stage=2 | 2026-05-12 | council | late | complaint.answered stage=2 |
CO-CODE | complaint.made 2026-04-13 | 2026-04-20 | council | late | complaint.acknowledged |
CO-CODE | complaint.made 2026-04-13 stage=2 | 2026-04-20 | council | late | complaint.acknowledged stage=2 |
CO-CODE-S1 | complaint.acknowledged 2026-04-13 | 2026-04-27 | council | late | complaint.answered |
CO-CODE-S2 | complaint.acknowledged 2026-04-13 stage=2 | 2026-05-12 | council | late | complaint.answered stage=2 |
CO-CHILD-S1 | complaint.made 2026-01-05 kind=children-act | 2026-01-19 | council | late | complaint.answered kind=children-act |
CO-CHILD-S2 | complaint.made 2026-01-05 kind=children-act stage=2 | 2026-02-09 | council | late | complaint.answered kind=children-act stage=2 |
CO-CHILD-S3 | complaint.made 2026-01-12 kind=children-act stage=3 | 2026-02-23 | council | late | complaint.answered kind=children-act stage=3 |
CO-CHILD-S3-REPORT-5WD | complaint.made 2026-01-12 kind=children-act stage=3 | 2026-03-02 | council | late | complaint.answered kind=children-act stage=3 |
CO-CHILD-S3-ANSWER-15WD | complaint.made 2026-01-12 kind=children-act stage=3 | 2026-03-23 | council | late | complaint.answered kind=children-act stage=3 |
CO-LGSCO-12M | problem.known 2026-01-05 about=delay | 2027-01-05 | family | w | complaint.made kind=ombudsman |
CO-JR-3M | problem.known 2026-01-05 about=delay | 2026-04-05 | family | w | |
SC-1WD | care.referred 2026-01-02 | 2026-01-05 | council | passed | |
SC-45WD | care.referred 2026-01-02 | 2026-03-06 | council | passed | |
INFO-SAR-1M | records.requested 2026-01-31 kind=sar | 2026-03-02 | council | passed | |
INFO-FOI-20WD | records.requested 2025-12-31 kind=foi | 2026-01-30 | council | passed | |
HE-18W | referral.made 2026-01-05 consultantLed=yes | 2026-05-11 | health-body | late | therapy.started |
`;

/** What each outcome of an order or a concession starts, and nothing else of TRIB-R44 and TRIB-REC. */
export const OUTCOMES: Record<string, string[]> = {
	assess: ['TRIB-R44-10W', 'TRIB-R44-14W', 'TRIB-R44-2W'],
	reassess: ['TRIB-R44-10W', 'TRIB-R44-14W', 'TRIB-R44-2W'],
	'make-plan': ['TRIB-R44-11W', 'TRIB-R44-5W'],
	amend: ['TRIB-R44-AMEND-5W'],
	'continue-and-amend': ['TRIB-R44-AMEND-5W'],
	school: ['TRIB-R44-SCHOOL-2W'],
	'school-and-contents': ['TRIB-R44-AMEND-5W'],
	'cease-dismissed': ['TRIB-R44-CEASE'],
	'cease-allowed': ['TRIB-R44-CEASE'],
	recommendation: ['TRIB-REC-5W'],
	dismissed: []
};

/** Which rules of a family a stage and a kind of complaint start. */
export const COMPLAINTS: Record<string, string[]> = {
	'complaint.made 2026-04-13': ['CO-BCC-15WD', 'CO-CODE'],
	'complaint.made 2026-04-13 stage=2': ['CO-BCC-REVIEW-20WD', 'CO-CODE'],
	'complaint.made 2026-04-13 stage=3': [],
	'complaint.acknowledged 2026-04-13': ['CO-CODE-S1'],
	'complaint.acknowledged 2026-04-13 stage=2': ['CO-CODE-S2'],
	'complaint.acknowledged 2026-04-13 stage=3': [],
	'complaint.acknowledged 2026-04-13 kind=children-act': [],
	'complaint.acknowledged 2026-04-13 kind=children-act stage=2': [],
	'complaint.made 2026-04-13 kind=children-act': ['CO-CHILD-S1'],
	'complaint.made 2026-04-13 kind=children-act stage=2': ['CO-CHILD-S2'],
	'complaint.made 2026-04-13 kind=children-act stage=3': [
		'CO-CHILD-S3',
		'CO-CHILD-S3-ANSWER-15WD',
		'CO-CHILD-S3-REPORT-5WD'
	],
	'complaint.made 2026-04-13 kind=ombudsman': [],
	'complaint.made 2026-04-13 kind=ombudsman stage=2': [],
	'complaint.acknowledged 2026-04-13 kind=ombudsman': []
};
