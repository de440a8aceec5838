import { paragraph, shown } from '../example.ts';
import Details from './Details.svelte';

const children = paragraph('20 weeks from Thursday 31 October is Thursday 20 March.');
export default [
	shown(Details, {
		closed: { summary: 'Why this date?', children },
		open: { summary: 'Why this date?', open: true, children }
	})
];
