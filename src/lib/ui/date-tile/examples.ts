import { shown } from '../example.ts';
import DateTile from './DateTile.svelte';

export default [shown(DateTile, { governs: { on: '2025-05-06' }, other: { on: '2025-09-20', other: true } })];
