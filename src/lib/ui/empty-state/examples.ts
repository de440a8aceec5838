import { shown, words } from '../example.ts';
import EmptyState from './EmptyState.svelte';

export default [
	shown(EmptyState, {
		plain: { title: 'Nothing new', text: 'We check each time you open this.' },
		'with a way on': { title: 'No dates yet', children: words('Add a date') }
	})
];
