/** unread: this browser does not know the kind of picture (HEIC outside Safari); large: no smaller than may be, however it is drawn. */
export type Photo = { ok: true; bytes: Uint8Array<ArrayBuffer> } | { ok: false; why: 'unread' | 'large' };

/** About a page that can be read; more only costs a family's data. */
const GOOD_BYTES = 1_000_000;
const QUALITIES = [0.85, 0.75, 0.65, 0.5] as const;

/** What is asked of a browser; tests hand in their own. */
type Drawing = {
	open: (file: Blob) => Promise<ImageBitmap>;
	canvas: () => HTMLCanvasElement;
};
const ours: Drawing = {
	// The camera's note of how it was held counts, and is gone afterwards with the rest of the notes.
	open: (file) => createImageBitmap(file, { imageOrientation: 'from-image' }),
	canvas: () => document.createElement('canvas')
};

/** `edge`: pixels of the longer side; `most`: bytes. */
export type PhotoLimits = { edge: number; most: number };

/** As large as asked for, in the same proportion; never larger than it was. */
export function fitInto(width: number, height: number, edge: number): { width: number; height: number } {
	const by = Math.min(1, edge / Math.max(width, height));
	return { width: Math.max(1, Math.round(width * by)), height: Math.max(1, Math.round(height * by)) };
}

/**
 * A picture drawn anew as a JPEG: smaller, upright, and without anything that was noted in the file, such as where and when it was taken.
 */
export async function drawPhoto(
	file: Blob,
	limits: PhotoLimits,
	{ open, canvas }: Drawing = ours
): Promise<Photo> {
	let picture: ImageBitmap;
	try {
		picture = await open(file);
	} catch {
		return { ok: false, why: 'unread' };
	}
	try {
		const page = canvas();
		Object.assign(page, fitInto(picture.width, picture.height, limits.edge));
		const pen = page.getContext('2d');
		if (!pen) return { ok: false, why: 'unread' };
		// JPEG has no see-through; what was left out of a drawing is paper.
		pen.fillStyle = '#ffffff';
		pen.fillRect(0, 0, page.width, page.height);
		pen.drawImage(picture, 0, 0, page.width, page.height);
		const jpeg = await small(page);
		if (!jpeg) return { ok: false, why: 'unread' };
		if (jpeg.size > limits.most) return { ok: false, why: 'large' };
		return { ok: true, bytes: new Uint8Array(await jpeg.arrayBuffer()) };
	} finally {
		picture.close();
	}
}

async function small(page: HTMLCanvasElement): Promise<Blob | null> {
	let jpeg: Blob | null = null;
	for (const quality of QUALITIES) {
		jpeg = await asBlob(page, 'image/jpeg', quality);
		if (!jpeg || jpeg.type !== 'image/jpeg') return null;
		if (jpeg.size <= GOOD_BYTES) break;
	}
	return jpeg;
}

const asBlob = (page: HTMLCanvasElement, type: string, quality?: number) =>
	new Promise<Blob | null>((resolve) => page.toBlob(resolve, type, quality));

/** A drawing as it stands on its canvas; null where the browser gives none. */
export async function drawingOf(page: HTMLCanvasElement): Promise<Uint8Array<ArrayBuffer> | null> {
	const png = await asBlob(page, 'image/png');
	return png && new Uint8Array(await png.arrayBuffer());
}
