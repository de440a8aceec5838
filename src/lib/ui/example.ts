import { createRawSnippet, type Component, type Snippet } from 'svelte';

/**
 * Made-up props that show a component in each of its states; `tests/component` draws and checks every one.
 * `within`: what the component must stand in to be valid (a row in its list).
 */
export type Shown = {
	component: Component<never>;
	within?: 'list' | 'track' | 'choices';
	examples: Record<string, Record<string, unknown>>;
};

export const shown = (component: unknown, examples: Shown['examples'], within?: Shown['within']): Shown => ({
	component: component as Component<never>,
	examples,
	within
});

/** A snippet of plain words, for examples only: a real screen writes its own. */
export const paragraph = (text: string): Snippet =>
	createRawSnippet(() => ({ render: () => `<p>${text}</p>` }));
export const words = (text: string): Snippet =>
	createRawSnippet(() => ({ render: () => `<span>${text}</span>` }));
