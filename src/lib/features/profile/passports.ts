/** What is shown to whom, in the order that they need it. Data: one more occasion is one more row and its words. */
export const PASSPORTS = {
	all: ['matters', 'help', 'upsets', 'communicate', 'health'],
	hospital: ['communicate', 'health', 'help', 'upsets'],
	taxi: ['communicate', 'upsets', 'help']
} as const;
export type Passport = keyof typeof PASSPORTS;

/** The written sections that belong to it; one that nobody wrote is not shown as a gap to strangers. */
export const shownIn = (
	passport: Passport,
	written: readonly { id: string; words: string }[]
): { id: string; words: string }[] =>
	PASSPORTS[passport].flatMap((section) => written.filter(({ id }) => id === section));
