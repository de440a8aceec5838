import { systemClock } from '#browser/now.ts';
import { createGet, createPost, type Get, type Post } from './transport.ts';

export type Line = { post: Post; get: Get };

/** The page's own way to the server, for what a person asks for with a tap. Tests hand in theirs. */
export function pageLine(ask: typeof fetch = (input, init) => fetch(input, init)): Line {
	const parts = { ask, clock: systemClock };
	return { post: createPost(parts), get: createGet(parts) };
}
