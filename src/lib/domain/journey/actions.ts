import { type CivilDate, daysBetween } from '../time/civil-date.ts';
import { actBy, isComment, isOthers, isOwn, isTurn } from './family-windows.ts';
import type { FamilyAction, Journey, KeyedMilestone, Track } from './journey.ts';
import type { ActionKey } from './keys.ts';
import type { Late } from './late.ts';
import { isOpen } from './plan.ts';

type Known = {
	tracks: readonly Track[];
	milestones: readonly KeyedMilestone[];
	late: readonly Late[];
	missing: Journey['missing'];
	pairs: Journey['pairs'];
	today: CivilDate;
	ceasing: (m: KeyedMilestone) => boolean;
};
/** A named action; it may carry its milestone, and with it the last day and the safe day. */
const act = (key: ActionKey, m?: KeyedMilestone, more: Partial<FamilyAction> = {}): FamilyAction => ({
	key,
	...(m ? { milestone: m } : {}),
	...(m && m.actor === 'family' && m.due !== undefined ? { by: m.due } : {}),
	...(m?.actor === 'family' && (m.sendBy ?? m.aimFor) !== undefined ? { sendBy: m.sendBy ?? m.aimFor } : {}),
	...more
});

function windowKey(m: KeyedMilestone): ActionKey | undefined {
	if (isComment(m)) return m.trigger.type === 'draft.served' ? 'comment-draft' : 'comment-notice';
	if (m.rule === 'PB-REQUEST') return 'ask-personal-budget';
	if (m.rule === 'MED-CONTACT-2M') return 'contact-mediation';
	if (m.rule === 'CO-LGSCO-12M') return 'go-to-ombudsman';
	return /^(TRIB-APPEAL|CEASE-APPEAL)/.test(m.rule) ? 'appeal' : undefined;
}

/** A certificate's later day takes the place of the two months it extends; both stay on the timeline. */
const isExtended = (m: KeyedMilestone, all: readonly KeyedMilestone[]): boolean =>
	/^(TRIB-APPEAL-2M|CEASE-APPEAL)$/.test(m.rule) &&
	all.some((o) => o.rule === 'TRIB-APPEAL-1M-CERT' && isOpen(o) && o.trigger.on >= m.trigger.on);

const isContact = (m: KeyedMilestone): boolean => m.rule === 'MED-CONTACT-2M';
/**
 * Whoever appeals needs a mediation certificate first (CFA 2014 s 55), so the call is offered by the day the appeal against the
 * same letter is, and before it, though its own last day may be later than the safe day to post an appeal.
 */
function offeredBy(m: KeyedMilestone, all: readonly KeyedMilestone[]): CivilDate {
	const appeal = all.find((o) => windowKey(o) === 'appeal' && o.trigger.on === m.trigger.on && isOpen(o));
	return isContact(m) && appeal && actBy(appeal) < actBy(m) ? actBy(appeal) : actBy(m);
}

function windows(k: Known, turn: boolean): FamilyAction[] {
	return k.milestones
		.filter((m) => isOwn(m) && isTurn(m, k.ceasing(m)) === turn && !isExtended(m, k.milestones))
		.map((m) => ({ m, day: offeredBy(m, k.milestones) }))
		.sort((a, b) =>
			a.day === b.day ? Number(isContact(b.m)) - Number(isContact(a.m)) : a.day < b.day ? -1 : 1
		)
		.map(({ m }) => m)
		.flatMap((m) => {
			const key = windowKey(m);
			if (!key) return [];
			const alsoName = isComment(m) && turn ? [act('name-setting', m)] : [];
			return [act(key, m), ...alsoName];
		});
}

/** Two weeks: advice a few days late is asked for; only when asking has had time is a complaint about it offered. Our tip, not a law. */
const ADVICE_PATIENCE = 14;
const isLegal = (l: Late): boolean =>
	['statute', 'case'].includes(l.milestone.kind) &&
	(l.milestone.trigger.adviser === undefined || l.days > ADVICE_PATIENCE);

/** Asking comes first; a complaint is a right once a legal day has passed, unless one is already running. */
function aboutLate(k: Known): FamilyAction[] {
	const asks = k.late.map(({ milestone: m }) => {
		const who = m.trigger.adviser ?? m.trigger.setting;
		return who === undefined ? act('ask-for-date', m) : act('ask-when', m, { about: who });
	});
	const legal = k.late.find(isLegal);
	const complaints = k.tracks.filter((t) => t.kind === 'complaint' && t.about !== 'problem');
	const answered = complaints.some((t) => t.endedOn !== undefined);
	if (!legal || complaints.some((t) => t.endedOn === undefined)) return asks;
	return [...asks, act(answered ? 'go-to-ombudsman' : 'complain', legal.milestone)];
}

function unsettled(k: Known): FamilyAction[] {
	const relaxed = k.milestones
		.filter((m) => m.state === 'relaxed_claimed')
		.map((m) => act('ask-which-exception', m));
	const twoCounts = k.milestones
		.filter((m) => isOthers(m) && m.rule.startsWith('EHCNA-LATE-AGREE-14W'))
		.map((m) => act('ask-which-date', m));
	return [...relaxed, ...twoCounts];
}

/** Twelve weeks: the time the steps of a review take by law (Devon), so the day to ask for a meeting that nobody has set. */
const REVIEW_TAKES = 84;
/** Six weeks after a plan is final, help that has not begun is worth asking about; later it is the review's business. */
const HELP_STARTS = 42;

function aboutReviews(k: Known): FamilyAction[] {
	return k.tracks.flatMap((t): FamilyAction[] => {
		if (
			t.kind === 'transfer' &&
			t.endedOn === undefined &&
			t.steps.some((s) => s.key === 'transfer.draft' && s.state !== 'done')
		) {
			// Its day is the council's, so the family is told of the limit and of no last day of its own.
			const dates = t.steps.flatMap((s) => s.milestones).filter(isOpen);
			const limit =
				dates.find((m) => /^PT-(?!BACK)/.test(m.rule)) ?? dates.find((m) => m.rule === 'PT-BACK-8W');
			return [act('say-next-school', limit)];
		}
		const planned = t.kind === 'assessment' || t.stage === 'review.amended';
		if (
			planned &&
			t.endedOn !== undefined &&
			t.stage !== 'assessment.refused' &&
			t.stage !== 'assessment.plan-refused'
		)
			return daysBetween(t.endedOn, k.today) <= HELP_STARTS ? [act('ask-help-started')] : [];
		if (t.kind !== 'review' || t.endedOn !== undefined) return [];
		const meeting = t.steps.find((s) => s.key === 'review.meeting' && s.here === true);
		if (!meeting) return [];
		const papers = meeting.milestones.find((m) => m.rule === 'AR-PAPERS-2W');
		if (t.stage === 'review.meeting') {
			const by = papers?.due !== undefined && papers.due >= k.today ? papers.due : meeting.on;
			return [act('send-views', papers, by !== undefined ? { by } : {})];
		}
		const year = t.steps.flatMap((s) => s.milestones).find((m) => m.rule === 'AR-12M' && isOpen(m));
		const near = year?.due !== undefined && daysBetween(k.today, year.due) <= REVIEW_TAKES;
		return near ? [act('ask-review-date', year)] : [act('ask-early-review')];
	});
}

/** The day of a fact nobody has stated, a detail of one that somebody has, or the day the child was born. */
function asked({ field, event, type }: Journey['missing'][number]): FamilyAction {
	const about = field === 'on' && type ? type : field;
	return act('give-date', undefined, { about, ...(event !== undefined ? { event } : {}) });
}

function askAgain(k: Known): FamilyAction[] {
	const bar = k.milestones.findLast((m) => m.rule === 'EHCNA-REREQUEST' && m.state === 'passed');
	const newer = bar && k.tracks.some((t) => t.kind === 'assessment' && t.endedOn === undefined);
	return bar && !newer ? [act('ask-again', bar)] : [];
}

/**
 * What the family may do today, best first: what waits for its own words, what others are late with, rights that are running,
 * what would settle an open question, and a person to ring. None of it is advice and nothing is sent.
 */
export function actionsFor(k: Known): FamilyAction[] {
	if (k.tracks.length === 0) return [act('ask-assessment')];
	const reviews = aboutReviews(k);
	const list = [
		...windows(k, true),
		...aboutLate(k),
		...unsettled(k),
		// A plan that came is first of all help that must start; the right to disagree runs beside it for two months.
		...reviews.filter((a) => a.key === 'ask-help-started'),
		...windows(k, false),
		...reviews,
		...askAgain(k),
		...k.missing.map(asked),
		...k.pairs.map((p) => act('check-date', undefined, { about: p.events[0]?.type ?? 'note' })),
		...(k.tracks.some((t) => t.endedOn === undefined) ? [act('call-officer')] : [])
	];
	const name = (a: FamilyAction): string => `${a.key} ${a.milestone?.key ?? ''} ${a.about ?? ''}`;
	return list.filter((a, i) => list.findIndex((b) => name(b) === name(a)) === i);
}
