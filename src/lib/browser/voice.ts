import { systemClock, type Clock } from './now.ts';

/** refused: the person or the phone said no to the microphone; none: there is no microphone; unable: this browser cannot record. */
export type NoVoice = 'refused' | 'none' | 'unable';
export type VoiceType = 'audio/webm' | 'audio/mp4';

/** Opus where it is known, AAC on Safari. The first is what it is asked for by, the second what it is called afterwards. */
const KINDS: readonly [string, VoiceType][] = [
	['audio/webm;codecs=opus', 'audio/webm'],
	['audio/mp4;codecs=mp4a.40.2', 'audio/mp4'],
	['audio/mp4', 'audio/mp4'],
	['audio/webm', 'audio/webm']
];
/** What is said is handed on this often: a phone that dies loses no more. */
const PIECE_MS = 3_000;
/** Speech is clear at this, and ten minutes of it are 2.4 MB. */
const BITS = 32_000;

type Recorder = Pick<
	MediaRecorder,
	'start' | 'pause' | 'resume' | 'stop' | 'state' | 'addEventListener' | 'stream'
>;
export type VoiceParts = {
	microphone?: () => Promise<MediaStream>;
	recorder?: { new (stream: MediaStream, options: object): Recorder; isTypeSupported(type: string): boolean };
	clock?: Clock;
};

export type Voice = {
	type: VoiceType;
	/** Seconds that were recorded; pauses do not count. */
	seconds(): number;
	pause(): void;
	goOn(): void;
	/** Resolves when the last piece was handed on. */
	stop(): Promise<void>;
};
export type VoiceEvents = {
	/** A piece of the recording, in order. Pieces together are the file. */
	piece(bytes: Uint8Array<ArrayBuffer>): Promise<void>;
	/** It goes on; called about each second. */
	tick(seconds: number): void;
	/** It ended: by `stop`, at the limit, or because the microphone was taken away. */
	ended(): void;
	/** A piece could not be kept: the recording stops at what is kept. */
	failed(error: unknown): void;
};

const recorderOf = () => (typeof MediaRecorder === 'undefined' ? undefined : MediaRecorder);
const ask = () => navigator.mediaDevices.getUserMedia({ audio: { channelCount: 1 } });

/** Whether this browser can record at all, without asking for the microphone. */
export function voiceKind(
	recorder: VoiceParts['recorder'] = recorderOf()
): { mime: string; type: VoiceType } | null {
	const found = recorder && KINDS.find(([mime]) => recorder.isTypeSupported(mime));
	return found ? { mime: found[0], type: found[1] } : null;
}

/** Asks for the microphone and records until it is stopped or `most` seconds were said. Nothing leaves the phone. */
export async function recordVoice(
	on: VoiceEvents,
	most: number,
	{ microphone = ask, recorder = recorderOf(), clock = systemClock }: VoiceParts = {}
): Promise<Voice | NoVoice> {
	const kind = voiceKind(recorder);
	if (!recorder || !kind) return 'unable';
	let stream: MediaStream;
	try {
		stream = await microphone();
	} catch (error) {
		const { name } = error as { name?: string };
		if (name === 'NotAllowedError' || name === 'SecurityError') return 'refused';
		return name === 'NotFoundError' ? 'none' : 'unable';
	}
	const tape = new recorder(stream, { mimeType: kind.mime, audioBitsPerSecond: BITS });
	let before = 0;
	let since: number | null = clock.now();
	let handing: Promise<unknown> = Promise.resolve();
	let broken = false;
	const { promise: over, resolve: end } = Promise.withResolvers<void>();
	const seconds = () => Math.floor((before + (since === null ? 0 : clock.now() - since)) / 1000);
	const hold = () => {
		before += since === null ? 0 : clock.now() - since;
		since = null;
	};
	const stop = () => {
		if (tape.state !== 'inactive') tape.stop();
		return over;
	};

	tape.addEventListener('dataavailable', (event) => {
		const { data } = event as BlobEvent;
		// One after another: pieces out of order are no recording.
		handing = handing.then(async () => {
			if (broken || data.size === 0) return;
			try {
				await on.piece(new Uint8Array(await data.arrayBuffer()));
			} catch (error) {
				broken = true;
				on.failed(error);
				void stop();
			}
		});
	});
	tape.addEventListener('stop', () => {
		hold();
		stream.getTracks().forEach((track) => track.stop());
		void handing.then(() => {
			end();
			on.ended();
		});
	});
	let cancel = () => {};
	const watch = () => {
		cancel = clock.after(1_000, () => {
			if (tape.state === 'inactive') return;
			if (since !== null) on.tick(seconds());
			if (seconds() >= most) void stop();
			else watch();
		});
	};
	tape.start(PIECE_MS);
	watch();
	return {
		type: kind.type,
		seconds,
		pause() {
			if (tape.state !== 'recording') return;
			hold();
			tape.pause();
		},
		goOn() {
			if (tape.state !== 'paused') return;
			since = clock.now();
			tape.resume();
		},
		async stop() {
			cancel();
			await stop();
		}
	};
}
