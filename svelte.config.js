import adapter from '@sveltejs/adapter-node';
import { buildId } from './scripts/build-id.mjs';
import { vitePreprocess } from '@sveltejs/vite-plugin-svelte';

// Kit's announcer carries one style attribute; the hash lets exactly that text through (reference: docs/decisions/0003).
const ANNOUNCER_STYLE = "'sha256-S8qMpvofolR8Mpjy4kQvEm7m1q8clzU4dfDH0AmvZjo='";

/** @type {import('@sveltejs/kit').Config} */
export default {
	preprocess: vitePreprocess(),
	compilerOptions: { runes: true },
	kit: {
		adapter: adapter({ out: 'build', precompress: true }),
		files: { serviceWorker: 'service-worker/index.ts' },
		// Registered by workbox-window, so that an update waits for the person's tap.
		serviceWorker: { register: false },
		// With relative paths the cached shell would look for its scripts beside the deep link and stay empty.
		paths: { relative: false },
		// One name per build: the shell's revision in the precache. A constant would keep a stale shell.
		version: { name: buildId(), pollInterval: 0 },
		csp: {
			mode: 'auto',
			directives: {
				'default-src': ['none'],
				'script-src': ['self'],
				'style-src': ['self'],
				'style-src-attr': ['unsafe-hashes', ANNOUNCER_STYLE],
				'img-src': ['self', 'blob:'],
				// A recorded voice is heard on the phone that recorded it; none is ever fetched.
				'media-src': ['blob:'],
				'font-src': ['self'],
				'connect-src': ['self'],
				'worker-src': ['self'],
				'manifest-src': ['self'],
				'form-action': ['self'],
				'base-uri': ['none'],
				'object-src': ['none'],
				'frame-ancestors': ['none'],
				'require-trusted-types-for': ['script'],
				'trusted-types': ['svelte-trusted-html', 'alongside-worker', 'alongside-keys']
			}
		},
		typescript: {
			config: (config) => ({
				...config,
				include: [...config.include, '../scripts/**/*.ts', '../tests/**/*.ts'],
				exclude: [...(config.exclude ?? []), '../service-worker/**']
			})
		}
	}
};
