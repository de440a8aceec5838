import { shown } from '../example.ts';
import Sum from './Sum.svelte';

export default [
	shown(Sum, {
		'event and rule': {
			rows: [
				{
					op: 'start',
					icon: 'mail',
					title: 'Tuesday 3 December',
					text: 'The day the council got your request',
					from: { by: 'council', text: 'From the council’s file, 4 December' }
				},
				{
					op: 'add',
					title: '20 weeks',
					text: 'The most time the law gives',
					from: { by: 'law', text: 'SEND Regulations 2014, regulation 13(2)' }
				},
				{
					op: 'result',
					title: 'Tuesday 22 April',
					text: 'That day is still on time. It is late from Wednesday 23 April.'
				}
			]
		}
	})
];
