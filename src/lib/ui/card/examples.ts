import { paragraph, shown, words } from '../example.ts';
import Card from './Card.svelte';

export default [
	shown(Card, {
		plain: { title: 'Speech and language advice', children: paragraph('It was due on Tuesday 8 April.') },
		'what you can do': {
			tone: 'sun',
			eyebrow: 'What you can do today',
			title: 'Ask when it will come',
			children: paragraph('Call Dawn. We have the words ready.')
		},
		grave: { tone: 'grave', title: 'Remove everything', children: paragraph('This cannot be undone.') },
		'with a chip above': { title: 'The final plan', above: words('3 weeks late'), level: 3 }
	})
];
