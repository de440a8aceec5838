import type { FileType } from '#contract/blobs.ts';

const startsWith = (bytes: Buffer, ...start: number[]) => start.every((byte, n) => bytes[n] === byte);
/** What phones record into. `ftypqt  ` (a film) and the like are none of ours. */
const MP4 = /^(M4A |M4B |mp4[12]|isom|iso[2-9]|dash|avc1|MSNV)$/;

/** What a file is by its first bytes, whatever it is called; null for anything that a family's app does not send. */
export function realType(bytes: Buffer): FileType | null {
	if (startsWith(bytes, 0xff, 0xd8, 0xff)) return 'image/jpeg';
	if (startsWith(bytes, 0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a)) return 'image/png';
	if (bytes.subarray(4, 8).toString('latin1') === 'ftyp')
		return MP4.test(bytes.subarray(8, 12).toString('latin1')) ? 'audio/mp4' : null;
	return startsWith(bytes, 0x1a, 0x45, 0xdf, 0xa3) && docType(bytes) === 'webm' ? 'audio/webm' : null;
}

/** The DocType of an EBML header: element 0x4282, one byte of length, the name. It stands within the first few elements. */
function docType(bytes: Buffer): string | null {
	const at = bytes.subarray(0, 64).indexOf(Buffer.from([0x42, 0x82]));
	if (at < 0) return null;
	const length = bytes[at + 2]! & 0x7f;
	return bytes
		.subarray(at + 3, at + 3 + length)
		.toString('latin1')
		.replace(/\0+$/, '');
}
