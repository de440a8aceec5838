/** What Home shows once its first cards stand: one file to fetch, in the order of the screen. */
export { default as Notes } from './Notes.svelte';
export { default as WaysIn } from '../open-case/WaysIn.svelte';
export { default as NextCards } from './NextCards.svelte';
export { default as Beside } from './Beside.svelte';
