import { paragraph, shown, words } from '../example.ts';
import Dialog from './Dialog.svelte';

export default [
	shown(Dialog, {
		open: {
			open: true,
			title: 'Remove everything from this phone?',
			children: paragraph('2 things are only here.'),
			actions: words('Keep it')
		},
		closed: { title: 'Remove everything?', actions: words('Keep it') }
	})
];
