/** Kit's own types for this module need a DOM; the worker has none. Read in `index.ts` alone, so that Kit 3 is one change. */
declare module '$service-worker' {
	export const build: string[];
	export const files: string[];
	export const prerendered: string[];
	export const version: string;
}

/** Set by the build (`KILL_WORKER=1`); absent in a build that does not define it. */
declare const __KILL_WORKER__: boolean;
