import type { StaffList } from '#contract/staff/views.ts';

const addressOf = (words: Record<string, string>): string => {
	const asked = Object.entries(words).filter(([, value]) => value !== '');
	const query = asked.map(([name, value]) => `${name}=${encodeURIComponent(value)}`).join('&');
	return query === '' ? '/staff' : `/staff?${query}`;
};

/** What an officer opens in the morning: their own cases in which somebody waits. */
export const mineHref = (officer: string): string => addressOf({ officer, waiting: 'yes' });

/** The list as it is narrowed now, from another place on. */
export const pageHref = ({ officer, waiting }: Pick<StaffList, 'officer' | 'waiting'>, after = ''): string =>
	addressOf({ officer, waiting: waiting ? 'yes' : '', after });
