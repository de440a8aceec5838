import { tick } from 'svelte';

/** Puts the person where they go on typing, once the reason stands there: a screen reader says the field and what is wrong with it. */
export const toField = (id: string): Promise<void> => tick().then(() => document.getElementById(id)?.focus());
