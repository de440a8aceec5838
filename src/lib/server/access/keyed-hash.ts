import { createHash, createHmac } from 'node:crypto';

/**
 * HMAC-SHA-256 under SERVER_SECRET, as hex. `use` keeps the hashes of one purpose from meaning anything in another.
 * Uses now: `activation`, `address`, `session-next`, `upn`.
 */
export function keyedHash(secret: string, use: string, text: string): string {
	return createHmac('sha256', secret).update(`${use}\0${text}`).digest('hex');
}

export const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');
