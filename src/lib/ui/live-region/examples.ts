import { shown } from '../example.ts';
import LiveRegion from './LiveRegion.svelte';

export default [shown(LiveRegion, { quiet: {} })];
