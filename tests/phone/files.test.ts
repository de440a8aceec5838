import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { FILE_BYTES, PHOTO_EDGE } from '#contract/blobs.ts';
import { drawPhoto } from '#browser/photo.ts';
import { recordVoice, type Voice } from '#browser/voice.ts';
import { openPhoneStore, type PhoneStore } from '#store/phone-store.ts';

/** A browser's own camera work and microphone: what only it can do, and what must not be left in a file. */
const LIMITS = { edge: PHOTO_EDGE, most: FILE_BYTES };
const latin = (bytes: Uint8Array) => new TextDecoder('latin1').decode(bytes);

/** A picture with a mark in its upper left corner; `noise` makes it as large as a photo is. */
async function picture(width: number, height: number, noise = false): Promise<Uint8Array<ArrayBuffer>> {
	const page = Object.assign(document.createElement('canvas'), { width, height });
	const pen = page.getContext('2d')!;
	if (noise) {
		const image = pen.createImageData(width, height);
		let seed = 1;
		for (let at = 0; at < image.data.length; at++)
			image.data[at] = at % 4 === 3 ? 255 : (seed = (seed * 1103515245 + 12345) & 0x7fffffff) >> 16;
		pen.putImageData(image, 0, 0);
	}
	pen.fillStyle = '#ff0000';
	pen.fillRect(0, 0, width / 4, height / 4);
	const blob = await new Promise<Blob | null>((resolve) => page.toBlob(resolve, 'image/jpeg', 0.98));
	return new Uint8Array(await blob!.arrayBuffer());
}

/** EXIF as a camera writes it: held on its side (6), and where it was. */
function noted(jpeg: Uint8Array<ArrayBuffer>): Blob {
	const words = new TextEncoder().encode('52.4862N 1.8904W Spare Camera');
	const tiff = new Uint8Array(8 + 2 + 24 + 4 + words.length);
	const view = new DataView(tiff.buffer);
	tiff.set([0x4d, 0x4d, 0, 42, 0, 0, 0, 8, 0, 2]);
	// Orientation 6: a quarter turn clockwise.
	view.setUint16(10, 0x0112);
	view.setUint16(12, 3);
	view.setUint32(14, 1);
	view.setUint16(18, 6);
	// ImageDescription, which stands at the end.
	view.setUint16(22, 0x010e);
	view.setUint16(24, 2);
	view.setUint32(26, words.length);
	view.setUint32(30, 38);
	tiff.set(words, 38);
	const head = new Uint8Array(10);
	head.set([0xff, 0xe1]);
	new DataView(head.buffer).setUint16(2, 8 + tiff.length);
	head.set(new TextEncoder().encode('Exif'), 4);
	return new Blob([jpeg.slice(0, 2), head, tiff, jpeg.slice(2)], { type: 'image/jpeg' });
}

async function pixels(bytes: Uint8Array<ArrayBuffer>) {
	const image = await createImageBitmap(new Blob([bytes], { type: 'image/jpeg' }), {
		imageOrientation: 'none'
	});
	const page = Object.assign(document.createElement('canvas'), { width: image.width, height: image.height });
	const pen = page.getContext('2d')!;
	pen.drawImage(image, 0, 0);
	return {
		...{ width: image.width, height: image.height },
		isRed(x: number, y: number) {
			const [r = 0, g = 0, b = 0] = pen.getImageData(x * image.width, y * image.height, 1, 1).data;
			return r > 180 && g < 90 && b < 90;
		}
	};
}

describe('a photo', () => {
	it('is upright and smaller, and says neither where it was taken nor by what', async () => {
		const file = noted(await picture(3000, 2000));
		const before = latin(new Uint8Array(await file.arrayBuffer()));
		expect(before).toContain('52.4862N');
		const photo = await drawPhoto(file, LIMITS);
		if (!photo.ok) throw new Error(photo.why);
		const text = latin(photo.bytes);
		expect(text).not.toContain('Exif');
		expect(text).not.toContain('52.4862N');
		expect([...photo.bytes.slice(0, 3)]).toEqual([0xff, 0xd8, 0xff]);
		const shown = await pixels(photo.bytes);
		expect([shown.width, shown.height]).toEqual([1365, 2048]);
		// Turned clockwise, the upper left corner is the upper right one.
		expect([shown.isRed(0.9, 0.1), shown.isRed(0.1, 0.1)]).toEqual([true, false]);
	});

	it('as wild as a photo can be stays far below what may be sent', { timeout: 60_000 }, async () => {
		const wild = await picture(4000, 3000, true);
		expect(wild.length).toBeGreaterThan(6_000_000);
		const photo = await drawPhoto(new Blob([wild]), LIMITS);
		expect(photo.ok && photo.bytes.length).toBeLessThan(FILE_BYTES / 4);
		const plain = await drawPhoto(new Blob([await picture(4000, 3000)]), LIMITS);
		expect(plain.ok && plain.bytes.length).toBeLessThan(1_000_000);
	});

	it('of a kind that this browser does not know is said to be that', async () => {
		const heic = new Blob([new TextEncoder().encode('\0\0\0\x18ftypheic\0\0\0\0mif1heic')], {
			type: 'image/heic'
		});
		expect(await drawPhoto(heic, LIMITS)).toEqual({ ok: false, why: 'unread' });
	});
});

describe('a voice', () => {
	let store: PhoneStore;
	beforeEach(async () => {
		store = openPhoneStore();
		await store.ready;
		await store.removeEverything('all');
	});
	afterEach(async () => {
		await store.removeEverything('all');
		store.close();
	});

	it(
		'is recorded in pieces that are kept as they come, with pauses, and can be heard',
		{ timeout: 60_000 },
		async () => {
			const { id } = await store.begin();
			const place = { scope: `user:${id}`, draft: 'd', type: 'audio/webm' as const };
			const recording = await store.files.record(place);
			const ended = Promise.withResolvers<void>();
			let seconds = 0;
			const voice = await recordVoice(
				{
					piece: (bytes) => store.files.piece(recording, bytes),
					tick: (now) => void (seconds = now),
					ended: ended.resolve,
					failed: ended.reject
				},
				600
			);
			if (typeof voice === 'string') throw new Error(voice);
			await vi.waitUntil(() => recording.at > 0, { timeout: 20_000 });
			const early = (await store.files.recorded(recording)).length;
			expect(early).toBeGreaterThan(500);
			voice.pause();
			const held = voice.seconds();
			voice.goOn();
			await vi.waitUntil(() => seconds > held, { timeout: 20_000 });
			await voice.stop();
			await ended.promise;
			const bytes = await store.files.recorded(recording);
			expect(bytes.length).toBeGreaterThan(early);
			const heard = await new AudioContext().decodeAudioData(bytes.buffer.slice(0));
			expect(heard.duration).toBeGreaterThan(2.5);
		}
	);

	it(
		'ends by itself where it is as long as may be, and when a piece cannot be kept',
		{ timeout: 60_000 },
		async () => {
			const over = Promise.withResolvers<void>();
			const quiet = { piece: async () => {}, tick: () => {}, ended: over.resolve, failed: over.reject };
			const voice = (await recordVoice(quiet, 2)) as Voice;
			await over.promise;
			expect(voice.seconds()).toBeLessThanOrEqual(4);

			const full = new Error('full');
			const failed: unknown[] = [];
			const stopped = Promise.withResolvers<void>();
			await recordVoice(
				{
					...{ tick: () => {}, ended: stopped.resolve },
					piece: () => Promise.reject(full),
					failed: (error) => failed.push(error)
				},
				600
			);
			await stopped.promise;
			expect(failed).toEqual([full]);
		}
	);

	it('says why there is none', async () => {
		const deaf = { piece: async () => {}, tick: () => {}, ended: () => {}, failed: () => {} };
		const no = (name: string) => ({ microphone: () => Promise.reject(new DOMException('', name)) });
		expect(await recordVoice(deaf, 1, no('NotAllowedError'))).toBe('refused');
		expect(await recordVoice(deaf, 1, no('NotFoundError'))).toBe('none');
		expect(await recordVoice(deaf, 1, no('AbortError'))).toBe('unable');
	});
});
