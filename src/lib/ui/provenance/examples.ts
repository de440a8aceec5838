import { shown } from '../example.ts';
import Provenance from './Provenance.svelte';

const all = ['council', 'law', 'case', 'guidance', 'practice', 'promise', 'family', 'sen2', 'app'];
export default [shown(Provenance, Object.fromEntries(all.map((by) => [by, { by }])))];
