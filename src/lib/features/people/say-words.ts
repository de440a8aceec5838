import type { Journey } from '#domain/journey/journey.ts';
import { formatDay } from '#i18n/format.ts';
import { english } from '#i18n/words.svelte.ts';
import type { Child } from '../open-case/children.ts';

/**
 * What to say on the telephone, in English for the person who answers, whatever language the page is in. Names the child only
 * to someone the family rings itself; it leaves the phone only when the family reads it out, copies or shares it.
 */
export function sayLines(child: Child, journey: Journey): string[] {
	const lines = [
		child.name ? english('people:say.calling', { name: child.name }) : english('people:say.mine')
	];
	if (child.ref) lines.push(english('people:say.ref', { ref: child.ref }));
	const late = journey.late[0];
	if (late?.milestone.due) {
		lines.push(
			english('people:say.late', {
				what: lateThing(late.milestone),
				day: formatDay(late.milestone.due, 'dayMonth', 'en')
			})
		);
	} else {
		lines.push(english('people:say.next'));
	}
	lines.push(english('people:say.ask'));
	return lines;
}

function lateThing(m: Journey['late'][number]['milestone']): string {
	const title = english(`titles:${m.rule}`);
	const party = m.trigger.adviser ?? m.trigger.setting;
	if (!party) return title;
	const known = english(`titles:adviser.${party}`);
	return english('home:party', { title, party: known.includes('adviser.') ? party : known });
}
