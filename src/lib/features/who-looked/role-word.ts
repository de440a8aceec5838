import { t } from '#i18n/words.svelte.ts';

/** Roles that we have a word for; a newer server's is somebody at the council. */
const KNOWN = ['case-officer', 'manager'] as const;

export const roleWord = (role: string): string =>
	t(`wholooked:role.${KNOWN.find((one) => one === role) ?? 'other'}`);
