import { caseOfScope } from '#contract/scope.ts';
import type { CaseEvent } from '#domain/case/case-event.ts';
import { formatDay } from '#i18n/format.ts';
import { has, type Values } from '#i18n/words.svelte.ts';
import type { Child } from '../open-case/children.ts';
import type { Known } from '../open-case/rows.ts';

/** A fact of the council's that a family says is wrong, found by the id of its row: the address holds that id and nothing else. */
export type WrongFact =
	| { id: string; event: CaseEvent }
	| { id: string; person: Known<'person'> }
	| { id: string; held: Known<'case'> };

/** Undefined: not the council's, not about this child, or gone. Nobody is asked to mend what the family typed itself. */
export function wrongFact(child: Child, cases: readonly Known<'case'>[], id: string): WrongFact | undefined {
	const event = child.councilEvents.find((one) => one.id === id);
	if (event) return { id, event };
	const person = child.people.find((one) => !one.local && one.id === id);
	if (person) return { id, person };
	const held = cases.find(
		(one) => !one.local && one.id === id && caseOfScope(one.scope) === child.councilCase
	);
	return held && { id, held };
}

type Say = (key: string, values: Values) => string;

/** As features/open-case/words.ts says a fact, in whichever language `say` speaks. */
const TELLING = ['outcome', 'kind', 'outside'] as const;
function eventSaid({ type, detail }: CaseEvent, say: Say): string {
	const telling = TELLING.map((name) => detail[name] && `${type}.${name}.${detail[name]}`).find(
		(path) => path && has('events', path)
	);
	const said = say(`events:${telling || `${type}.said`}`, {});
	const party = detail['adviser'] ?? detail['setting'] ?? detail['service'];
	if (!party) return said;
	const known = has('titles', `adviser.${party}`) ? say(`titles:adviser.${party}`, {}) : party;
	return say('home:party', { title: said, party: known });
}

function heldSaid({ v }: Known<'case'>, say: Say, code: string | undefined): string {
	const { child, ref } = v;
	const name = [child.givenName, child.familyName].filter(Boolean).join(' ');
	const born = child.bornOn && formatDay(child.bornOn, 'long', code);
	const parts: [string, string | undefined][] = [
		['messages:start.heldName', name],
		['messages:start.heldBorn', born],
		['messages:start.heldSchool', child.schoolName],
		['messages:start.heldRef', ref]
	];
	return parts.flatMap(([key, value]) => (value ? [say(key, { value })] : [])).join('\n');
}

/** What the record says, and that it looks wrong. What is right, only the family knows: they write it below. */
export function wrongText(fact: WrongFact, say: Say, code?: string): string {
	const says =
		'event' in fact
			? say('messages:start.wrongEvent', {
					what: eventSaid(fact.event, say),
					day: formatDay(fact.event.on, 'full', code)
				})
			: 'person' in fact
				? say('messages:start.wrongPerson', { who: fact.person.v.name })
				: `${say('messages:start.wrongHeld', {})}\n${heldSaid(fact.held, say, code)}`;
	return `${says}\n\n${say('messages:start.wrongAsk', {})}`;
}
