import type { OpenCase } from '../open-case/open-case.svelte.ts';

/**
 * Whose data this phone holds, so that nobody else is signed in over it; undefined when it holds nobody's, or is locked and
 * cannot say: then the store looks when it opens. Ask after `open.joined`.
 */
export const accountHere = (open: OpenCase): string | undefined => open.parts.store.profile()?.userId;
