import { createHash } from 'node:crypto';

/**
 * An id that the same facts always give again, in the shape of a UUID (version 8, "made by the application"): importing
 * a file twice then finds its own rows.
 */
export function rowId(...parts: string[]): string {
	const hex = createHash('sha256')
		.update(parts.map((part) => `${part.length}:${part}`).join(''))
		.digest('hex');
	const variant = '89ab'[parseInt(hex[16]!, 16) & 3];
	return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-${variant}${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}
