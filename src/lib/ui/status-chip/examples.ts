import { shown } from '../example.ts';
import StatusChip from './StatusChip.svelte';
import StatusDisc from './StatusDisc.svelte';

export default [
	shown(StatusChip, {
		late: { status: 'late', text: '2 days late' },
		waiting: { status: 'waiting', text: 'Waiting for the NHS speech and language therapy team' },
		done: { status: 'done' },
		you: { status: 'you', text: 'Your turn by Friday 22 May' },
		ahead: { status: 'ahead', text: 'By Tuesday 3 June' },
		unknown: { status: 'unknown' },
		unsent: { status: 'unsent' },
		moot: { status: 'moot' }
	}),
	shown(StatusDisc, {
		status: { status: 'late' },
		step: { status: 'you', number: 1 },
		icon: { icon: 'file-text', big: true }
	})
];
