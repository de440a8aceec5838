import { shown } from '../example.ts';
import TopBar from './TopBar.svelte';

const amira = { id: 'a', name: 'Amira' };
export default [
	shown(TopBar, {
		'one child': { kids: [amira] },
		'two children': { kids: [amira, { id: 'b', name: 'یوسف' }], current: 'b' },
		'no internet': { kids: [amira], offline: true },
		'no child yet': { kids: [] }
	})
];
