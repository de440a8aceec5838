import { paragraph, shown } from '../example.ts';
import Slot from './Slot.svelte';

export default [
	shown(Slot, {
		'not told': {
			title: 'Your case officer',
			children: paragraph('The council has not told us. Call and ask: who is my case officer?')
		},
		plain: {}
	})
];
