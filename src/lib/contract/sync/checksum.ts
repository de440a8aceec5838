/**
 * A scope's checksum: XOR over its live rows of a 64-bit FNV-1a hash of `t|id|ver`, as 16 hex digits. Both sides can keep
 * it up to date row by row, and order does not matter. It notices loss; it is no protection against anybody.
 */
const OFFSET = 0xcbf29ce484222325n;
const PRIME = 0x100000001b3n;
const MASK = 0xffffffffffffffffn;

function hash(text: string): bigint {
	let h = OFFSET;
	// UTF-16 units rather than UTF-8 bytes: both sides are JavaScript, and this room knows no TextEncoder.
	for (let i = 0; i < text.length; i++) h = ((h ^ BigInt(text.charCodeAt(i))) * PRIME) & MASK;
	return h;
}

export function scopeChecksum(rows: Iterable<{ t: string; id: string; ver: number }>): string {
	let sum = 0n;
	for (const row of rows) sum ^= hash(`${row.t}|${row.id}|${row.ver}`);
	return sum.toString(16).padStart(16, '0');
}
