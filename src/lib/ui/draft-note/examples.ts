import { shown } from '../example.ts';
import DraftNote from './DraftNote.svelte';

// Shows nothing in English; tests/component/languages.test.ts draws it in Urdu.
export default [shown(DraftNote, { english: {} })];
