/** What `import` takes now. */
export const KINDS = ['cases', 'case-events', 'people', 'sen2'] as const;
export type Kind = (typeof KINDS)[number];

/** Promised by name in the blueprint and built by later issues. */
export const LATER = ['open-referral', 'directory-csv', 'schools', 'waits'] as const;

export const isKind = (word: string): word is Kind => (KINDS as readonly string[]).includes(word);
export const isLater = (word: string) => (LATER as readonly string[]).includes(word);
