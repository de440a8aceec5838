import { shown } from '../example.ts';
import Tel from './Tel.svelte';

export default [
	shown(Tel, { plain: { number: '01632960144' }, named: { number: '0300 123 4567', label: 'SENDIASS' } })
];
