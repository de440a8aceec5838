import type { OutboxItem } from '#store/outbox.ts';
import type { SyncStatus } from '#sync/status.ts';
import type { WordKey } from '#i18n/resources.ts';
import type { Status } from '#ui/status-chip/status.ts';

/**
 * The one wording of where something is that a family sends (blueprint §2.2): on this phone alone, waiting to send, with the
 * council and its receipt here, answered. `refused`: it came back, and only a person takes it away.
 */
export type SendState = 'saved' | 'waiting' | 'received' | 'answered' | 'refused';

const STATE: Record<OutboxItem['state'], SendState> = {
	waiting: 'waiting',
	received: 'received',
	tray: 'refused'
};
/** Nothing is called sent before the council's system has said that it has it. */
export const sendStateOf = (item: Pick<OutboxItem, 'state'>): SendState => STATE[item.state];

export const SEND_WORDS = {
	saved: 'cards:send.saved',
	waiting: 'cards:send.waiting',
	received: 'cards:send.received',
	answered: 'cards:send.answered',
	refused: 'cards:send.refused'
} as const satisfies Record<SendState, WordKey>;

export const SEND_STATUS: Record<SendState, Status> = {
	saved: 'ahead',
	waiting: 'unsent',
	received: 'done',
	answered: 'done',
	refused: 'you'
};

/** Why something still waits, the reason that a person can do something about first. */
export type Why = 'signIn' | 'update' | 'asking' | 'offline' | 'next';

export function whyWaits(
	item: Pick<OutboxItem, 'offered'>,
	{ net, phase }: Pick<SyncStatus, 'net' | 'phase'>
): Why {
	if (phase === 'needs-sign-in' || phase === 'no-council') return 'signIn';
	if (phase === 'update-needed') return 'update';
	if (net === 'offline') return 'offline';
	// Part of a request already: it may have arrived, and only an answer tells.
	return item.offered ? 'asking' : 'next';
}

export const WHY_WORDS = {
	signIn: 'waiting:send.why.signIn',
	update: 'waiting:send.why.update',
	asking: 'waiting:send.why.asking',
	offline: 'waiting:send.why.offline',
	next: 'waiting:send.why.next'
} as const satisfies Record<Why, WordKey>;

/** What a person is told of on every screen: how much waits, and how much came back. */
export const countsOf = (items: readonly OutboxItem[]): { waiting: number; refused: number } => ({
	waiting: items.filter((item) => item.state === 'waiting').length,
	refused: items.filter((item) => item.state === 'tray').length
});
