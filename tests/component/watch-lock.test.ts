import { afterEach, expect, it, vi } from 'vitest';
import { watchLock } from '#features/lock/watch-lock.ts';

/** Two tabs of one phone, of which the other one is a channel that answers or does not. */
const html = document.documentElement;
const covered = () => html.hasAttribute('data-covered');
function show(state: DocumentVisibilityState) {
	vi.spyOn(document, 'visibilityState', 'get').mockReturnValue(state);
	document.dispatchEvent(new Event('visibilitychange'));
}
let letGo: (() => void)[] = [];
function otherTab(looking: () => boolean) {
	const asked = vi.fn();
	const channel = new BroadcastChannel('alongside-looking');
	channel.onmessage = ({ data }) => {
		if (data !== 'anybody') return;
		asked();
		if (looking()) channel.postMessage('here');
	};
	letGo.push(() => channel.close());
	return asked;
}
/** How often a word was said. Made after the watch, so it hears every word later than the watch does. */
function heardBy(word: string) {
	const said: string[] = [];
	const channel = new BroadcastChannel('alongside-looking');
	channel.onmessage = ({ data }) => void said.push(data);
	letGo.push(() => channel.close());
	return () => said.filter((one) => one === word).length;
}
function watched(hiddenMs: number) {
	const lock = vi.fn(async () => {});
	letGo.push(watchLock({ idleMs: 60_000, hiddenMs }, lock));
	return lock;
}
afterEach(() => {
	vi.useRealTimers();
	vi.restoreAllMocks();
	letGo.forEach((off) => off());
	letGo = [];
	html.removeAttribute('data-covered');
});

it('a tab that is out of sight locks the phone, as long as no other one is looked at', async () => {
	otherTab(() => false);
	const lock = watched(20);
	show('hidden');
	await expect.poll(() => lock.mock.calls.length).toBe(1);
});

it('a tab that is out of sight does not take the phone from the one that is looked at', async () => {
	vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance', 'Date'] });
	const lock = watched(20);
	otherTab(() => true);
	const answered = heardBy('here');
	show('hidden');
	await vi.advanceTimersByTimeAsync(20);
	await expect.poll(answered).toBe(1);
	await vi.advanceTimersByTimeAsync(5_000);
	expect(lock).not.toHaveBeenCalled();
	expect(covered()).toBe(true);
	show('visible');
	expect(covered()).toBe(false);
});

it('says to the others that it is looked at, and nothing when it is not', async () => {
	watched(60_000);
	const [asked, answered] = [heardBy('anybody'), heardBy('here')];
	const channel = new BroadcastChannel('alongside-looking');
	letGo.push(() => channel.close());
	show('hidden');
	channel.postMessage('anybody');
	await expect.poll(asked).toBe(1);
	expect(answered()).toBe(0);
	show('visible');
	channel.postMessage('anybody');
	await expect.poll(answered).toBe(1);
});

it('whoever comes back in the moment of asking finds it locked, not open', async () => {
	const lock = watched(20);
	const asked = otherTab(() => false);
	show('hidden');
	await expect.poll(() => asked.mock.calls.length).toBeGreaterThan(0);
	show('visible');
	expect(covered()).toBe(true);
	await expect.poll(() => lock.mock.calls.length).toBe(1);
});
