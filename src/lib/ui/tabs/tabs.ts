import type { IconName } from '../icon/shapes.ts';

/** The four places of the family app. A label is one word of at most 14 letters in every language. */
export type Tab = 'home' | 'timeline' | 'people' | 'more';

export const TABS: readonly { tab: Tab; href: string; icon: IconName }[] = [
	{ tab: 'home', href: '/app', icon: 'house' },
	{ tab: 'timeline', href: '/app/timeline', icon: 'route' },
	{ tab: 'people', href: '/app/people', icon: 'users' },
	{ tab: 'more', href: '/app/more', icon: 'menu' }
];
