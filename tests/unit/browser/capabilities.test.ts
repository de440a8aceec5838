import { describe, expect, it } from 'vitest';
import { checkConnection } from '#browser/connectivity.ts';
import { shareFile, shareWords } from '#browser/share.ts';
import { askToKeep, keeping, room } from '#browser/storage-quota.ts';
import { reloadOnce, trustedWorkerUrl, whenSeenAgain, WORKER_URL } from '#browser/worker-registration.ts';

const answering = (body: string, type: string, status = 200) =>
	(async () => new Response(body, { status, headers: { 'content-type': type } })) as typeof fetch;

describe('connection', () => {
	it('is what our own server says, not what answers', async () => {
		expect(await checkConnection(answering('{"ok":true}', 'application/json'))).toBe(true);
		expect(await checkConnection(answering('{"ok":false}', 'application/json', 503))).toBe(false);
		expect(await checkConnection(answering('<html>Sign in</html>', 'text/html'))).toBe(false);
		expect(await checkConnection(answering('{"ok"', 'application/json'))).toBe(false);
		expect(await checkConnection((() => Promise.reject(new TypeError('failed'))) as typeof fetch)).toBe(
			false
		);
	});
});

describe('keeping', () => {
	it('passes on what the browser answers, and says unknown where it cannot', async () => {
		expect(await askToKeep({ persist: async () => true })).toBe('kept');
		expect(await askToKeep({ persist: async () => false })).toBe('not-kept');
		expect(await askToKeep({ persist: async () => Promise.reject(new Error('no')) })).toBe('unknown');
		expect(await askToKeep({})).toBe('unknown');
		expect(await keeping({ persisted: async () => true })).toBe('kept');
		expect(await room({ estimate: async () => ({ usage: 1, quota: 2 }) })).toEqual({ used: 1, allowed: 2 });
		expect(await room({})).toBeNull();
	});
});

describe('handing on', () => {
	const file = new File(['x'], 'dates.ics', { type: 'text/calendar' });
	it('shares where the phone can, saves where not, and a closed sheet is no failure', async () => {
		const saved: File[] = [];
		const save = (one: File) => void saved.push(one);
		const can = { canShare: () => true };
		expect(await shareFile(file, { sharing: { ...can, share: async () => {} }, save })).toBe('shared');
		const refuse = (name: string) => async () => Promise.reject(new DOMException('', name));
		expect(await shareFile(file, { sharing: { ...can, share: refuse('AbortError') }, save })).toBe(
			'cancelled'
		);
		expect(saved).toHaveLength(0);
		expect(await shareFile(file, { sharing: { ...can, share: refuse('NotAllowedError') }, save })).toBe(
			'saved'
		);
		expect(await shareFile(file, { sharing: {}, save })).toBe('saved');
		expect(saved).toEqual([file, file]);
		expect(await shareWords('words', {})).toBe(false);
	});
});

describe('the worker', () => {
	it('is looked for again when the page is seen after an hour, and not before', () => {
		const page = {
			visibilityState: 'visible' as DocumentVisibilityState,
			addEventListener: (_: string, seen: () => void) => (see = seen)
		};
		let [see, now, looks] = [() => {}, 0, 0];
		whenSeenAgain(
			() => looks++,
			page as never,
			() => now
		);
		const at = (minutes: number, state: DocumentVisibilityState) => {
			now = minutes * 60_000;
			page.visibilityState = state;
			see();
			return looks;
		};
		expect([
			at(59, 'visible'),
			at(61, 'hidden'),
			at(62, 'visible'),
			at(100, 'visible'),
			at(130, 'visible')
		]).toEqual([0, 0, 1, 1, 2]);
	});
	it('is the only script URL that the policy lets through', () => {
		let rules: { createScriptURL(url: string): string } | null = null;
		const factory = { createPolicy: (_name: string, made: typeof rules) => (rules = made)! };
		expect(trustedWorkerUrl(factory)).toBe(WORKER_URL);
		expect(() => rules!.createScriptURL('https://elsewhere.example/x.js')).toThrow(TypeError);
	});

	it('reloads once, never in a loop', () => {
		const kept = new Map<string, string>();
		let reloads = 0;
		const page = {
			sessionStorage: {
				getItem: (key: string) => kept.get(key) ?? null,
				setItem: (key: string, v: string) => void kept.set(key, v)
			},
			location: { reload: () => void reloads++ }
		};
		expect(reloadOnce(page, 1_000_000)).toBe(true);
		expect(reloadOnce(page, 1_005_000)).toBe(false);
		expect(reloadOnce(page, 1_020_000)).toBe(true);
		expect(reloads).toBe(2);
	});
});
