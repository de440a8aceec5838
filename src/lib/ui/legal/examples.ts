import { shown } from '../example.ts';
import Legal from './Legal.svelte';

export default [shown(Legal, { rule: { path: 'EHCNA-6W-DECISION.plain' } })];
