import type { RemarkRecord } from '../rule-record.ts';
import { CFA_FROM, read, recalled } from './remedies.ts';

/** Rules that are said beside a milestone or an event and never give a date (law-decisions §3, end). */
export const REMARKS: readonly RemarkRecord[] = [
	{
		id: 'AR-NOMEET', version: 1, effectiveFrom: CFA_FROM, on: { rule: 'AR-12M', test: 'no-meeting-and-late' },
		kind: 'statute', actor: 'council', citation: [read('IPSEA template letter 8: AR-12M binds without a meeting')]
	},
	{
		id: 'AR-HOME', version: 1, effectiveFrom: CFA_FROM, on: { rule: 'AR-12M' },
		kind: 'statute', actor: 'council', citation: [read('SEND Regulations 2014 reg 21: not in school, the council convenes')]
	},
	{
		id: 'AR-TERM-LIST', version: 1, on: { rule: 'AR-12M' },
		kind: 'stat_guidance', actor: 'council', citation: [read('SEND Code of Practice 2015, 9.172')]
	},
	{
		id: 'AR-EARLY', version: 1, on: { rule: 'AR-12M' },
		kind: 'practice', actor: 'family', citation: [read('An early review may be asked for; no limit is set')]
	},
	{
		id: 'MED-NOCERT', version: 1, on: { rule: 'TRIB-APPEAL-2M', test: 'no-certificate' },
		kind: 'statute', actor: 'family', citation: [read('Ask the tribunal for leave before the two months end')]
	},
	{
		id: 'TRIB-SECTION-I', version: 1, on: { rule: 'TRIB-APPEAL-2M', test: 'final-plan' },
		kind: 'statute', actor: 'family', citation: [read('Children and Families Act 2014 s.55(3): Section I alone needs no certificate')]
	},
	{
		id: 'CEASE-CONSULT', version: 1, on: { rule: 'CEASE-APPEAL' },
		kind: 'statute', actor: 'council', citation: [read('SEND Regulations 2014 reg 31(1)')]
	},
	{
		id: 'MOVE-ICB', version: 1, on: { events: ['area.moved'] },
		kind: 'statute', actor: 'health-body', citation: [read('SEND Regulations 2014 reg 16')]
	},
	{
		id: 'PT-APPEAL-2026', version: 1, effectiveFrom: '2026-01-01',
		on: { events: ['appeal.lodged'], when: [{ test: 'a-transfer-is-expected' }] },
		kind: 'practice', actor: 'tribunal', citation: [read('IPSEA on 2026 practice: the hearing date comes after the bundle')]
	},
	{
		id: 'SC-CARER', version: 1, on: { events: ['care.referred'] },
		kind: 'statute', actor: 'council', citation: [recalled('Children Act 1989 s.17ZD')]
	},
	{
		id: 'SB-STATEMENT', version: 1, on: { events: ['care.referred'] },
		kind: 'statute', actor: 'council', citation: [recalled('Breaks for Carers of Disabled Children Regulations 2011, SI 2011/707 reg 5')]
	},
	{
		id: 'LO-ANNUAL', version: 1, on: { events: ['referral.made'] },
		kind: 'statute', actor: 'council', citation: [recalled('SEND Regulations 2014 reg 56')]
	},
	{
		id: 'INFO-EDREC', version: 1,
		on: { events: ['records.requested'], when: [{ detail: 'kind', is: ['educational-record'] }] },
		// Fifteen school days: no date until somebody gives a term calendar.
		about: 'unknown_calendar',
		kind: 'statute', actor: 'school', citation: [recalled('Education (Pupil Information) (England) Regulations 2005, SI 2005/1437')]
	},
	{
		id: 'PFA-Y9', version: 1, effectiveFrom: CFA_FROM,
		on: { events: ['review.meeting-set', 'review.meeting-held'], when: [{ test: 'from-year-nine' }] },
		kind: 'statute', actor: 'council',
		citation: [read('SEND Regulations 2014 reg 21(6)'), recalled('SEND Code of Practice 2015, 8.9, 9.184')]
	}
];
