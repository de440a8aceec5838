import { birthday, firstOnOrAfter } from '../../time/birthdays.ts';
import { addDays, fridayBeforeWeekend, partsOf, type CivilDate } from '../../time/civil-date.ts';
import { countSteps, rollEnd, sendByBefore, type Step } from '../../time/counting.ts';
import type { Alternative } from '../milestone.ts';
import type { AlternativeSpec, CountFrom, RuleRecord, TriggerSpec } from '../rule-record.ts';
import type { Context } from './context.ts';
import type { Fact } from './facts.ts';
import { limbOf, type Limb, type LimbName } from './limbs.ts';

/** The dates a rule gives for one trigger, before anything is said about its state. */
export type Dates = {
	due?: CivilDate;
	strictDue?: CivilDate;
	sendBy?: CivilDate;
	aimFor?: CivilDate;
	needs?: string;
	certain: boolean;
	alternatives: Alternative[];
	inputs: Fact[];
};

export type Case = { rule: RuleRecord; spec: TriggerSpec; fact: Fact; context: Context };

const AUGUST = {
	reading: 'the end of the limit rolls into August or Christmas',
	authority: 'TPR r.12(3)(a)'
};

export function missing(needs: string): Dates {
	return { needs, certain: true, alternatives: [], inputs: [] };
}

export function datesOf(of: Case): Dates {
	const counted = count(of);
	if (counted.due === undefined) return counted;
	const { rule } = of;
	const aimFor = rule.aimForFriday ? fridayBeforeWeekend(counted.due) : undefined;
	return {
		...counted,
		...(rule.strictDayBefore && { strictDue: addDays(counted.due, -1) }),
		...(rule.sendBy && { sendBy: sendByBefore(counted.due) }),
		...(aimFor && { aimFor }),
		alternatives: [
			...counted.alternatives,
			...(rule.alternatives ?? []).flatMap((spec) => alternative(spec, of))
		]
	};
}

function startOf(from: CountFrom, fact: Fact): CivilDate | undefined {
	return from === 'on' ? fact.on : fact.detail[from];
}

function count(of: Case): Dates {
	const { count } = of.rule;
	if ('combine' in count) return combined(of, count.combine, count.limbs);
	if ('limb' in count) {
		const found = limbOf(count.limb, of);
		return found && 'date' in found ? fromLimb(found) : missing(found?.needs ?? count.limb);
	}
	return stepped(of, of.spec.steps ?? count.steps);
}

function stepped({ rule: { count }, fact }: Case, steps: readonly Step[]): Dates {
	const { from = 'on', roll = 'none' } = 'steps' in count ? count : {};
	const start = startOf(from, fact);
	if (start === undefined) return missing(from);
	const raw = countSteps(start, steps);
	const end = rollEnd(raw.date, roll);
	const alternatives = end.alternative ? [{ due: end.alternative, ...AUGUST }] : [];
	return { due: end.date, certain: raw.certain && end.certain, alternatives, inputs: [] };
}

type KnownLimb = Extract<Limb, { date: CivilDate }>;

function fromLimb({ date, certain, alternative, input }: KnownLimb): Dates {
	const alternatives = alternative ? [{ due: alternative, ...AUGUST }] : [];
	return { due: date, certain, alternatives, inputs: input ? [input] : [] };
}

/** Earliest or latest of the limbs. With one missing there is no date, and the known limbs stand as alternatives (§1.10). */
function combined(of: Case, how: 'min' | 'max', names: readonly LimbName[]): Dates {
	const found = names.map((name) => limbOf(name, of)).filter((limb) => limb !== null);
	const known = found.filter((limb): limb is KnownLimb => 'date' in limb);
	const lacking = found.find((limb) => 'needs' in limb);
	const inputs = known.flatMap(({ input }) => (input && input !== of.fact ? [input] : []));
	if (lacking) {
		const alternatives = known.map(({ date, reading, authority }) => ({ due: date, reading, authority }));
		return { ...missing(lacking.needs), alternatives, inputs };
	}
	const best = known.reduce((a, b) => ((how === 'min' ? b.date < a.date : b.date > a.date) ? b : a));
	return { ...fromLimb(best), certain: known.every(({ certain }) => certain), inputs };
}

function alternative(spec: AlternativeSpec, of: Case): Alternative[] {
	const { reading, authority } = spec;
	if ('limb' in spec) {
		const found = limbOf(spec.limb, of);
		return found && 'date' in found ? [{ due: found.date, reading, authority }] : [];
	}
	if ('yearly' in spec)
		return [{ due: firstOnOrAfter(birthday(of.fact.on, spec.age), spec.yearly), reading, authority }];
	const { count } = of.rule;
	const start = startOf(('steps' in count && count.from) || 'on', of.fact);
	if (start === undefined || (spec.when && partsOf(start).month !== spec.when.month)) return [];
	return [{ due: rollEnd(countSteps(start, spec.steps).date, spec.roll ?? 'none').date, reading, authority }];
}
