import type { EventType } from '../../case/vocabulary.ts';
import type { SentBy } from '../../time/receipt.ts';
import { receivedOn } from '../../time/receipt.ts';
import type { LawResult, Milestone } from '../milestone.ts';
import type { Context } from './context.ts';
import { transferLongstop } from './processes.ts';

type Warning = LawResult['warnings'][number];

/** Their day is one that lies ahead by nature. Every other type states a past fact. */
const MAY_LIE_AHEAD: readonly EventType[] = [
	'review.meeting-set',
	'review.meeting-cancelled',
	'hearing.set',
	'directions.date',
	'appointment.booked',
	'transfer.expected'
];

function future({ facts, asOf }: Context): Warning[] {
	return facts.all
		.filter((fact) => fact.on > asOf && !MAY_LIE_AHEAD.includes(fact.type))
		.map(({ type, on, id }) => ({
			code: 'future-fact',
			message: `${type} is dated ${on}, after ${asOf}: a thing that has happened cannot lie ahead.`,
			event: id
		}));
}

/** `on` is never recomputed; a day sent that gives another day of receipt is only pointed out (law-decisions §1.4). */
function receipt({ facts }: Context): Warning[] {
	return facts.of('assessment.requested').flatMap(({ on, id, detail: { sentOn, method } }) => {
		const proposed =
			sentOn === undefined ? undefined : receivedOn({ on: sentOn, by: (method ?? 'email') as SentBy });
		if (proposed === undefined || proposed === on) return [];
		const message = `Sent on ${sentOn}, the request would count as received on ${proposed}; the case says ${on}.`;
		return [{ code: 'receipt-differs', message, event: id }];
	});
}

function transfers({ facts }: Context): Warning[] {
	return facts.of('transfer.expected').flatMap((transfer) => {
		const longstop = transferLongstop(transfer);
		const { startsOn } = transfer.detail;
		if (typeof longstop !== 'string' || startsOn === undefined || startsOn >= longstop) return [];
		const message = `The move on ${startsOn} comes before ${longstop}, the last day for its plan.`;
		return [{ code: 'transfer-before-longstop', message, event: transfer.id }];
	});
}

/** A plan goes on until the time to appeal against ceasing is over, or the appeal is decided (s.45(4)). */
function ceasedEarly(milestones: readonly Milestone[], { facts }: Context): Warning[] {
	return facts.of('plan.ceased').flatMap((ceased) => {
		const window = milestones.findLast(
			({ rule, trigger }) => rule === 'CEASE-APPEAL' && trigger.on <= ceased.on
		);
		if (window?.due === undefined || ceased.on >= window.due) return [];
		const message = `The plan ceased on ${ceased.on}, before the time to appeal ends on ${window.due}.`;
		return [{ code: 'ceased-before-appeal-window-ends', message, event: ceased.id }];
	});
}

/** Limits were relaxed from 1 May to 25 September 2020. The engine gives the usual date and says so (law-decisions §1.9). */
function covid(milestones: readonly Milestone[]): Warning[] {
	const touched = milestones.some(
		({ rule, due, trigger }) =>
			/^(EHCNA-|RE-|AR-|MOVE-)/.test(rule) &&
			due !== undefined &&
			trigger.on <= '2020-09-25' &&
			due >= '2020-05-01'
	);
	const message =
		'Some limits were relaxed by law between 1 May and 25 September 2020; the usual dates are shown.';
	return touched ? [{ code: 'covid-2020', message }] : [];
}

function answersToNothing({ facts }: Context): Warning[] {
	return facts.all
		.filter(({ detail }) => detail.re !== undefined && !facts.byId(detail.re))
		.map(({ type, id, detail }) => ({
			code: 're-unknown',
			message: `${type} answers "${detail.re}", but no event has that id.`,
			event: id
		}));
}

function birth({ facts, bornOn, asOf }: Context): Warning[] {
	const first = facts.all[0];
	if (bornOn === undefined) return [];
	if (bornOn > asOf)
		return [{ code: 'born-later', message: `The date of birth ${bornOn} is after ${asOf}.` }];
	if (!first || first.on >= bornOn) return [];
	return [
		{
			code: 'born-later',
			message: `The date of birth ${bornOn} is after ${first.type} on ${first.on}.`,
			event: first.id
		}
	];
}

function inferred({ facts }: Context): Warning[] {
	return facts.all
		.filter((fact) => fact.inferred !== undefined)
		.map(({ id, inferred, on }) => ({
			code: 'outcome-inferred',
			message: `What was conceded on ${on} was not said; "${inferred}" is read from the decision.`,
			event: id
		}));
}

export function warnings(milestones: readonly Milestone[], context: Context): Warning[] {
	return [
		...birth(context),
		...future(context),
		...receipt(context),
		...transfers(context),
		...answersToNothing(context),
		...inferred(context),
		...ceasedEarly(milestones, context),
		...covid(milestones)
	];
}
