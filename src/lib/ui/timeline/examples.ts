import { paragraph, shown } from '../example.ts';
import Parts from './Parts.svelte';
import TimelineItem from './TimelineItem.svelte';

export default [
	shown(
		TimelineItem,
		{
			done: {
				state: 'done',
				title: 'You asked for an assessment',
				children: paragraph('Thursday 31 October. Week 1.')
			},
			now: { state: 'now', title: 'Experts give advice', here: 'You are here: week 13' },
			late: {
				state: 'late',
				title: 'The final plan',
				here: 'You are here: week 23',
				children: paragraph('Due Thursday 20 March.')
			},
			ahead: { state: 'ahead', title: 'The help starts' },
			moot: { state: 'moot', title: 'The council tells you why' }
		},
		'track'
	),
	shown(Parts, {
		advisers: {
			parts: [
				{ title: 'School', status: 'done', note: 'Here since 8 April' },
				{ title: 'Educational psychologist', status: 'waiting', note: 'By Tuesday 8 April', href: '#why' },
				{
					title: 'Speech and language',
					status: 'late',
					note: '2 days late. Waiting for the NHS therapy team.'
				}
			]
		}
	})
];
