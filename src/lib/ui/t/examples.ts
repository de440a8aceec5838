import { shown } from '../example.ts';
import T from './T.svelte';

export default [
	shown(T, {
		plain: { k: 'status:sync.saved' },
		'with a name of the other direction': { k: 'status:waitingFor', values: { who: 'عائشہ' } },
		plural: { k: 'status:lateDays', values: { count: 2 } }
	})
];
