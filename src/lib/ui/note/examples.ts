import { paragraph, shown } from '../example.ts';
import Note from './Note.svelte';

export default [
	shown(Note, {
		soft: { children: paragraph('A newer version is ready.') },
		wait: { tone: 'wait', icon: 'cloud-off', children: paragraph('No internet. You can carry on.') }
	})
];
