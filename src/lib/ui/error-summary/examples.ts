import { shown } from '../example.ts';
import ErrorSummary from './ErrorSummary.svelte';

export default [
	shown(ErrorSummary, {
		one: { errors: [{ field: 'on', text: 'Type the day, the month and the year.' }] },
		two: {
			errors: [
				{ field: 'on', text: 'Type the year too.' },
				{ field: 'name', text: 'Type a name.' }
			]
		}
	})
];
