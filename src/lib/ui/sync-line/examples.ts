import { shown } from '../example.ts';
import SyncLine from './SyncLine.svelte';

const base = {
	net: 'online',
	phase: 'idle',
	lastPullAt: '2025-04-10T07:12:00Z',
	today: '2025-04-10',
	now: Date.parse('2025-04-10T09:00:00Z')
};
export default [
	shown(SyncLine, {
		saved: base,
		offline: { ...base, net: 'offline' },
		stale: { ...base, net: 'offline', lastPullAt: '2025-04-01T07:12:00Z' },
		'never joined': { ...base, phase: 'no-council', lastPullAt: null },
		'could not reach': { ...base, phase: 'waiting' },
		'needs a sign-in': { ...base, phase: 'needs-sign-in' },
		'too old': { ...base, phase: 'update-needed' },
		looking: { ...base, phase: 'pulling' }
	})
];
