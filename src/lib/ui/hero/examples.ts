import type { Ribbon } from '#domain/journey/journey.ts';
import { shown } from '../example.ts';
import Hero from './Hero.svelte';
import WeekRibbon from './WeekRibbon.svelte';

const gates = (done: number): Ribbon['gates'] =>
	[6, 16, 20].map((at) => ({ at, rule: `week-${at}`, state: at <= done ? 'done' : 'ahead' }));
const week13: Ribbon = { unit: 'week', of: 20, at: 13, past: 0, gates: gates(6) };
const week23: Ribbon = {
	unit: 'week',
	of: 20,
	at: 20,
	past: 3,
	gates: [...gates(16).slice(0, 2), { at: 20, rule: 'week-20', state: 'late' }]
};
const week41: Ribbon = { ...week23, past: 21 };
const month4: Ribbon = {
	unit: 'month',
	of: 12,
	at: 4,
	past: 0,
	gates: [{ at: 12, rule: 'review', state: 'ahead' }]
};

export default [
	shown(Hero, {
		'week 13 of 20': {
			eyebrow: 'Assessment for an EHC plan',
			title: 'Week 13',
			rest: 'of 20',
			lead: 'The council is collecting advice about Amira.',
			ribbon: week13
		},
		'past the limit': {
			eyebrow: 'Assessment for an EHC plan',
			title: 'Week 23',
			lead: '3 weeks past the limit. Waiting for the plan team.',
			ribbon: week23
		},
		'no case yet': { title: 'What would you like to do?' }
	}),
	shown(WeekRibbon, {
		'on a card': { ribbon: week13, page: true },
		'on a card, late': { ribbon: week23, page: true },
		'very late': { ribbon: week41, page: true },
		'months to a review': { ribbon: month4, page: true }
	})
];
