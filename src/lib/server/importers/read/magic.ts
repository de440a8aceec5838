import { FileUnusable } from '../unusable.ts';

const CSV_MEND = 'In the spreadsheet choose Save as, then "CSV UTF-8 (comma delimited)".';

/** How a file that is no plain text begins, and what to tell the person who gave it. */
const BEGINNINGS: [number[], string, string][] = [
	[[0x50, 0x4b, 0x03, 0x04], 'This is a zip file or an Excel workbook.', CSV_MEND],
	[[0x50, 0x4b, 0x05, 0x06], 'This is an empty zip file.', CSV_MEND],
	[[0xd0, 0xcf, 0x11, 0xe0], 'This is an old Excel or Word file.', CSV_MEND],
	[[0x1f, 0x8b], 'This is a packed file (gzip).', 'Unpack it first.'],
	[[0x25, 0x50, 0x44, 0x46], 'This is a PDF.', 'Export the data itself as CSV.'],
	[[0x89, 0x50, 0x4e, 0x47], 'This is a picture.', 'Export the data itself as CSV.'],
	[[0xff, 0xd8, 0xff], 'This is a picture.', 'Export the data itself as CSV.'],
	[[0x47, 0x49, 0x46, 0x38], 'This is a picture.', 'Export the data itself as CSV.']
];

export const startsWith = (bytes: Buffer, start: readonly number[]) =>
	start.every((byte, i) => bytes[i] === byte);

export const isZip = (bytes: Buffer) => startsWith(bytes, [0x50, 0x4b]);

/** Refuses a file whose first bytes are those of a format that is not text. */
export function refuseKnownBinary(head: Buffer): void {
	for (const [start, problem, mend] of BEGINNINGS) {
		if (startsWith(head, start)) throw new FileUnusable(problem, mend);
	}
}
