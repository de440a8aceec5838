import { shown } from '../example.ts';
import Provenance from './Provenance.svelte';

const all = ['council', 'law', 'case', 'guidance', 'practice', 'promise', 'family', 'sen2', 'app'];
export default [
	shown(Provenance, {
		...Object.fromEntries(all.map((by) => [by, { by }])),
		cited: { by: 'law', text: 'Law', cites: ['SEND Regs 2014, reg 13(2)', 'CFA 2014, s 42(2)'] }
	})
];
