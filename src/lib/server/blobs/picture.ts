import { PHOTO_EDGE } from '#contract/blobs.ts';

/** A phone sends 2,048 pixels an edge; a picture that says it is far larger is made to fill our memory. */
const MOST_PIXELS = 32_000_000;
const SECONDS = 30;

/** Loaded at the first picture: most servers start without one, and the library takes 30 MB. */
type Sharp = (typeof import('sharp'))['default'];
let loaded: Promise<Sharp> | null = null;
async function load(): Promise<Sharp> {
	const { default: sharp } = await import('sharp');
	sharp.cache(false);
	// No decoder but these two, whatever a file looks like to the library.
	sharp.block({ operation: ['VipsForeignLoad'] });
	sharp.unblock({ operation: ['VipsForeignLoadJpeg', 'VipsForeignLoadPng'] });
	return sharp;
}

/**
 * A picture drawn anew: pixels only, upright, no place and no name of a phone in it. Null: it cannot be drawn, so it is none. The work is done in
 * the library's own threads.
 */
export async function drawAnew(plain: Buffer, type: 'image/jpeg' | 'image/png'): Promise<Buffer | null> {
	const sharp = await (loaded ??= load());
	const format = type === 'image/jpeg' ? 'jpeg' : 'png';
	try {
		const image = sharp(plain, { limitInputPixels: MOST_PIXELS, sequentialRead: true, pages: 1 });
		if ((await image.metadata()).format !== format) return null;
		return await image
			.rotate()
			.resize({ width: PHOTO_EDGE, height: PHOTO_EDGE, fit: 'inside', withoutEnlargement: true })
			.toFormat(format, format === 'jpeg' ? { quality: 85 } : { compressionLevel: 8 })
			.timeout({ seconds: SECONDS })
			.toBuffer();
	} catch {
		return null;
	}
}
