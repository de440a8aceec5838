import { randomBytes } from 'node:crypto';
import fc from 'fast-check';
import sharp from 'sharp';
import { expect, test } from 'vitest';
import { FILE_TYPES } from '#contract/blobs.ts';
import { realType } from '#server/blobs/real-type.ts';
import { drawAnew } from '#server/blobs/picture.ts';
import { voice, voiceMp4 } from '../../support/files.ts';

const hex = (text: string) => Buffer.from(text.replaceAll(' ', ''), 'hex');

test('a file is what its first bytes are', async () => {
	const image = sharp({ create: { width: 8, height: 8, channels: 3, background: '#fff' } });
	expect(realType(await image.clone().jpeg().toBuffer())).toBe('image/jpeg');
	expect(realType(await image.clone().png().toBuffer())).toBe('image/png');
	expect(realType(await image.clone().webp().toBuffer())).toBeNull();
	expect(realType(voice(60))).toBe('audio/webm');
	expect(realType(voiceMp4(60))).toBe('audio/mp4');
	// Matroska is EBML too, and a film of a phone has the same box; neither is what our app records.
	expect(realType(hex('1a45dfa3 9f 4286 81 01 4282 88 6d6174726f736b61'))).toBeNull();
	expect(realType(Buffer.from('\0\0\0\x14ftypqt  \0\0\0\0', 'latin1'))).toBeNull();
	for (const text of ['<!doctype html>', '%PDF-1.7', 'PK\x03\x04', 'GIF89a', '', '\xff\xd8', 'MZ'])
		expect(realType(Buffer.from(text, 'latin1'))).toBeNull();
});

test('whatever comes, it is one of our types or none, and nothing throws', () => {
	fc.assert(
		fc.property(
			fc.uint8Array({ maxLength: 80 }),
			fc.constantFrom('', '1a45dfa3', '4282', 'ffd8ff'),
			(rest, start) => {
				const said = realType(Buffer.concat([hex(start), rest]));
				expect(said === null || FILE_TYPES.includes(said)).toBe(true);
			}
		)
	);
});

test('a picture cut anywhere is drawn or refused, never a fault', async () => {
	const noise = sharp(randomBytes(64 * 64 * 3), { raw: { width: 64, height: 64, channels: 3 } });
	const all = [
		[await noise.clone().jpeg().toBuffer(), 'image/jpeg'],
		[await noise.clone().png().toBuffer(), 'image/png']
	] as const;
	for (const [whole, type] of all) {
		expect(await drawAnew(whole, type)).not.toBeNull();
		for (const part of [3, 20, 100, whole.byteLength - 40])
			expect(await drawAnew(whole.subarray(0, part), type), `${type} ${part}`).toBeNull();
	}
	// No other decoder is reached, whatever the first bytes were taken for.
	const svg = Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>');
	expect(await drawAnew(svg, 'image/png')).toBeNull();
	expect(await drawAnew(await noise.clone().webp().toBuffer(), 'image/jpeg')).toBeNull();
	expect(await drawAnew(all[0][0], 'image/png')).toBeNull();
});
