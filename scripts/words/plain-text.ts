/** Pieces of a string that are not words of it: what i18next fills in, and the two tags that `<T>` knows. */
export const PLACEHOLDER = /\{\{\s*-?\s*([\w.]+)\s*(?:,[^}]*)?\}\}/g;
export const TAG = /<\/?[\w]+>/g;

export const placeholders = (text: string): string[] =>
	[...text.matchAll(PLACEHOLDER)].map((hit) => hit[1] as string).sort();
export const tags = (text: string): string[] => (text.match(TAG) ?? []).sort();

/** What a person reads, each filled-in value as one short name. */
export const asRead = (text: string): string => text.replace(PLACEHOLDER, 'Sam').replace(TAG, '');

/** Sentences end at . ? ! … or the Urdu full stop; "9.5" and "5pm." inside a sentence do not end it. */
export const sentences = (text: string): string[] =>
	asRead(text)
		.split(/(?<=[.?!…۔؟])\s+/u)
		.map((part) => part.trim())
		.filter(Boolean);

export const words = (text: string): string[] =>
	asRead(text).match(/[\p{L}\p{N}][\p{L}\p{N}\p{M}'’.,:/-]*/gu) ?? [];

/** Prose is what ends like a sentence; a title or a button is not, and would flatter the reading age. */
export const isProse = (text: string): boolean => /[.?!]$/.test(text.trim()) && words(text).length > 2;
