import type { IconName } from '../icon/shapes.ts';

/** The one status vocabulary (design.md §5.4). Colour never carries it alone: each has its shape and its words. */
export type Status = 'done' | 'waiting' | 'late' | 'you' | 'ahead' | 'unknown' | 'unsent' | 'moot';

export const STATUS_ICON: Record<Status, IconName> = {
	done: 'check',
	waiting: 'clock',
	late: 'triangle-alert',
	you: 'pen',
	ahead: 'circle-dashed',
	unknown: 'circle-question-mark',
	unsent: 'cloud-off',
	moot: 'minus'
};
