/** A mutation's id, UUIDv7: it sorts by when it was written, which nothing relies on. */
export function newMid(now = Date.now()): string {
	const random = crypto.getRandomValues(new Uint8Array(10));
	random[0] = (random[0]! & 0x0f) | 0x70;
	random[2] = (random[2]! & 0x3f) | 0x80;
	const hex = Math.max(0, now).toString(16).padStart(12, '0') + Array.from(random, twoDigits).join('');
	return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-');
}

const twoDigits = (byte: number) => byte.toString(16).padStart(2, '0');
