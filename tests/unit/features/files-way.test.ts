import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { FileRef } from '#contract/blobs.ts';
import { filesWay, whyRefused } from '#features/waiting/files-way.ts';
import { onPaper, PAPER } from '#features/open-case/strokes.ts';
import { sayLength } from '#features/open-case/say-file.ts';
import { fitInto } from '#browser/photo.ts';
import type { Upload } from '#store/files.ts';

const file = (id: string, bytes = 100): FileRef => ({
	...{ id, bytes, key: 'k'.repeat(43), sha256: 'a'.repeat(64) },
	type: 'image/jpeg'
});
const item = (files: FileRef[], state: 'waiting' | 'received' | 'tray' = 'received') => ({
	...{ mid: 'm', state },
	args: { id: 'i', text: 'x', files }
});
const upload = (id: string, have: string, state: Upload['state'] = 'waiting', code?: string): Upload => ({
	...{ id, mid: 'm', scope: 's', bytes: 100, have, state },
	...(code !== undefined && { code })
});

describe('where the files of an item are', () => {
	it('is nothing for words alone, and after the words while those wait', () => {
		expect(filesWay(item([]), [])).toBeUndefined();
		expect(filesWay({ mid: 'm', state: 'waiting', args: null }, [])).toBeUndefined();
		const waits = item([file('a')], 'waiting');
		expect(filesWay(waits, [upload('a', '11')])).toMatchObject({ state: 'after', percent: 0 });
	});

	it('counts bytes, says 100 only when all is kept, and leaves out what was refused', () => {
		const two = item([file('a', 300), file('b', 100)]);
		expect(filesWay(two, [upload('a', '10'), upload('b', '0')])).toMatchObject({
			state: 'going',
			percent: 37
		});
		expect(filesWay(two, [upload('a', '11'), upload('b', '1')])).toMatchObject({
			state: 'going',
			percent: 99
		});
		expect(filesWay(two, [upload('a', '11', 'done'), upload('b', '1', 'kept')])).toMatchObject({
			state: 'there'
		});
		const refused = filesWay(two, [upload('a', '11', 'done'), upload('b', '1', 'refused', 'scan')]);
		expect(refused).toMatchObject({ state: 'there', refused: [{ file: { id: 'b' }, code: 'scan' }] });
		expect(refused!.files).toHaveLength(1);
		// Of another item.
		expect(filesWay(two, [{ ...upload('a', '11'), mid: 'other' }])).toMatchObject({ percent: 0 });
	});

	it('has words for every reason, and for one it does not know', () => {
		expect(whyRefused('damaged')).toBe('files:way.whyHere');
		expect(whyRefused('toString')).toBe('files:way.whyOpen');
		expect(whyRefused(undefined)).toBe('files:way.whyOpen');
	});
});

it('a photo is never made larger, keeps its proportion and fits', () => {
	fc.assert(
		fc.property(fc.integer({ min: 1, max: 12_000 }), fc.integer({ min: 1, max: 12_000 }), (w, h) => {
			const { width, height } = fitInto(w, h, 2048);
			expect(Math.max(width, height)).toBeLessThanOrEqual(2048);
			expect(width).toBeLessThanOrEqual(w);
			expect(height).toBeLessThanOrEqual(h);
			if (Math.min(width, height) > 50) expect(width / height).toBeCloseTo(w / h, 0);
		})
	);
});

it('a finger is where it is on paper of any size', () => {
	const box = { left: 10, top: 20, width: 200, height: 150 };
	expect(onPaper({ clientX: 110, clientY: 95 }, box)).toEqual({ x: PAPER.width / 2, y: PAPER.height / 2 });
});

it('a length is minutes and seconds', () => {
	expect([0, 5, 65, 600].map(sayLength)).toEqual(['0:00', '0:05', '1:05', '10:00']);
});
