import { shown } from '../example.ts';
import BackLink from './BackLink.svelte';

export default [
	shown(BackLink, { named: { href: '#timeline', label: 'Timeline' }, plain: { href: '#back' } })
];
