import { shown } from '../example.ts';
import Tabs from './Tabs.svelte';

export default [shown(Tabs, { home: { current: 'home' }, elsewhere: { current: 'none' } })];
