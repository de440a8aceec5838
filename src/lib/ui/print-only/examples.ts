import { paragraph, shown } from '../example.ts';
import PrintOnly from './PrintOnly.svelte';

export default [shown(PrintOnly, { plain: { children: paragraph('Printed on Thursday 10 April 2025.') } })];
