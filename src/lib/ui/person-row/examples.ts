import { paragraph, shown } from '../example.ts';
import PersonRow from './PersonRow.svelte';

export default [
	shown(
		PersonRow,
		{
			officer: {
				name: 'Dawn Harris',
				about: 'Case officer',
				hours: 'Mon to Thu 9:00 to 16:00',
				phone: '01632 960144'
			},
			'no number': { name: 'Someone at school', about: 'You added this' },
			'more to do': { name: 'Thornwater SENDIASS', phone: '01632960177', children: paragraph('Free advice.') }
		},
		'list'
	)
];
