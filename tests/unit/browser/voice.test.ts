import { expect, it } from 'vitest';
import { recordVoice, voiceKind, type Voice, type VoiceParts } from '#browser/voice.ts';

/** A recorder in the test's hand: it gives a piece when it is told to, and the last one when it stops. */
class Tape extends EventTarget {
	static last: Tape;
	static known = 'audio/mp4';
	static isTypeSupported = (type: string) => type === Tape.known;
	state: RecordingState = 'inactive';
	stream: MediaStream;
	constructor(stream: MediaStream) {
		super();
		this.stream = stream;
		Tape.last = this;
	}
	start = () => void (this.state = 'recording');
	pause = () => void (this.state = 'paused');
	resume = () => void (this.state = 'recording');
	give(text: string) {
		this.dispatchEvent(Object.assign(new Event('dataavailable'), { data: new Blob([text]) }));
	}
	stop() {
		this.give('end');
		this.state = 'inactive';
		this.dispatchEvent(new Event('stop'));
	}
}

async function recording(piece: (text: string) => Promise<void>, most = 600) {
	let now = 0;
	let timer: (() => void) | null = null;
	const heard = { ticks: [] as number[], failed: [] as unknown[], off: 0 };
	const ended = Promise.withResolvers<void>();
	const stream = { getTracks: () => [{ stop: () => void heard.off++ }] } as unknown as MediaStream;
	const parts: VoiceParts = {
		microphone: async () => stream,
		recorder: Tape as unknown as NonNullable<VoiceParts['recorder']>,
		clock: {
			now: () => now,
			after(_, work) {
				timer = work;
				return () => void (timer = null);
			}
		}
	};
	const events = {
		piece: (bytes: Uint8Array) => piece(new TextDecoder().decode(bytes)),
		tick: (seconds: number) => void heard.ticks.push(seconds),
		ended: ended.resolve,
		failed: (error: unknown) => void heard.failed.push(error)
	};
	const voice = (await recordVoice(events, most, parts)) as Voice;
	const pass = (seconds: number) => {
		for (let n = 0; n < seconds; n++) {
			now += 1000;
			const due = timer;
			timer = null;
			due?.();
		}
	};
	return { voice, heard, pass, ended: ended.promise };
}

it('hands its pieces on in order, however long one takes to be kept, and the last before it ends', async () => {
	const kept: string[] = [];
	const slow = Promise.withResolvers<void>();
	const { voice, ended, heard } = await recording(async (text) => {
		if (text === 'one') await slow.promise;
		kept.push(text);
	});
	expect(voice.type).toBe('audio/mp4');
	Tape.last.give('one');
	Tape.last.give('two');
	const stopping = voice.stop();
	expect(kept).toEqual([]);
	slow.resolve();
	await stopping;
	await ended;
	expect(kept).toEqual(['one', 'two', 'end']);
	expect(heard.off).toBe(1);
});

it('counts what was recorded and not the pauses, and ends by itself at its limit', async () => {
	const { voice, heard, pass, ended } = await recording(async () => {}, 5);
	pass(2);
	voice.pause();
	pass(60);
	expect([voice.seconds(), heard.ticks]).toEqual([2, [1, 2]]);
	voice.goOn();
	pass(3);
	await ended;
	expect([voice.seconds(), Tape.last.state, heard.off]).toEqual([5, 'inactive', 1]);
	pass(10);
	expect(voice.seconds()).toBe(5);
});

it('stops at what is kept when a piece cannot be', async () => {
	const kept: string[] = [];
	const full = new Error('full');
	const { heard, ended } = await recording(async (text) => {
		if (text === 'two') throw full;
		kept.push(text);
	});
	for (const text of ['one', 'two', 'three']) Tape.last.give(text);
	await ended;
	expect([kept, heard.failed, heard.off]).toEqual([['one'], [full], 1]);
});

it('takes the kind that a browser has, and says when it has none', async () => {
	const tape = Tape as unknown as NonNullable<VoiceParts['recorder']>;
	Tape.known = 'audio/webm;codecs=opus';
	expect(voiceKind(tape)).toEqual({ mime: 'audio/webm;codecs=opus', type: 'audio/webm' });
	Tape.known = 'audio/x';
	expect(voiceKind(tape)).toBeNull();
	const deaf = { piece: async () => {}, tick() {}, ended() {}, failed() {} };
	expect(await recordVoice(deaf, 1, { recorder: tape })).toBe('unable');
	Tape.known = 'audio/mp4';
	const no = (name: string) => async () => Promise.reject(new DOMException('', name));
	for (const [name, why] of [
		['NotAllowedError', 'refused'],
		['NotFoundError', 'none'],
		['AbortError', 'unable']
	] as const)
		expect(await recordVoice(deaf, 1, { recorder: tape, microphone: no(name) })).toBe(why);
});
