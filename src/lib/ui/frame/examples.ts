import { paragraph, shown } from '../example.ts';
import Frame from './Frame.svelte';
import Mark from './Mark.svelte';

export default [
	shown(Frame, {
		tabs: { tab: 'home', children: paragraph('A screen.') },
		bare: { children: paragraph('First run.') }
	}),
	shown(Mark, { plain: {}, link: { href: '#start' } })
];
