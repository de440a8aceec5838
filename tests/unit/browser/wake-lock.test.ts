import { expect, it, vi } from 'vitest';
import { keepLit } from '#browser/wake-lock.ts';

const pageOf = (visibilityState: 'visible' | 'hidden') =>
	Object.assign(new EventTarget(), { visibilityState }) as unknown as Document & {
		visibilityState: 'visible' | 'hidden';
	};
const settled = () => new Promise((done) => setImmediate(done));

it('holds the screen, asks again on return, and lets go at the end', async () => {
	const page = pageOf('visible');
	const release = vi.fn(async () => undefined);
	const request = vi.fn(async () => ({ release }));
	const stop = keepLit({ page, wake: { request } });
	await settled();
	expect(request).toHaveBeenCalledTimes(1);
	(page as { visibilityState: string }).visibilityState = 'hidden';
	page.dispatchEvent(new Event('visibilitychange'));
	await settled();
	expect(request).toHaveBeenCalledTimes(1);
	(page as { visibilityState: string }).visibilityState = 'visible';
	page.dispatchEvent(new Event('visibilitychange'));
	await settled();
	expect(request).toHaveBeenCalledTimes(2);
	// The one from before the page was left.
	expect(release).toHaveBeenCalledTimes(1);
	stop();
	await settled();
	expect(release).toHaveBeenCalledTimes(2);
	page.dispatchEvent(new Event('visibilitychange'));
	await settled();
	expect(request).toHaveBeenCalledTimes(2);
});

it('lets go of what came after the page was left, and a refusal is no fault', async () => {
	const release = vi.fn(async () => undefined);
	const late = Promise.withResolvers<{ release: () => Promise<undefined> }>();
	const stop = keepLit({ page: pageOf('visible'), wake: { request: () => late.promise } });
	stop();
	late.resolve({ release });
	await settled();
	expect(release).toHaveBeenCalledTimes(1);
	keepLit({ page: pageOf('visible'), wake: { request: () => Promise.reject(new Error('battery')) } })();
	keepLit({ page: pageOf('visible'), wake: undefined })();
	await settled();
});
