import type { ZodMiniType } from 'zod/mini';
import { Refusal } from './refusal.ts';

/**
 * The body of a request from our own pages, in the contract's shape. Throws Refusal: `bad_request` for another site, a
 * missing header, another content type, malformed JSON or another shape; `too_large` past `limit` bytes, whatever the
 * request said about its length.
 */
export async function readJson<T>(
	request: Request,
	{ shape, limit, origins }: { shape: ZodMiniType<T>; limit: number; origins: readonly string[] }
): Promise<T> {
	requireOwnPage(request, origins);
	if (!/^application\/json\b/i.test(request.headers.get('content-type') ?? ''))
		throw new Refusal('bad_request');
	const parsed = shape.safeParse(parse(await readText(request, limit)));
	if (!parsed.success) throw new Refusal('bad_request');
	return parsed.data;
}

/**
 * Kit's own check covers form posts only. JSON needs a header that no other site can send without asking, and a
 * same-origin mark: Sec-Fetch-Site, or Origin from a browser that does not send it (sync-and-security §5.2).
 */
export function requireOwnPage(request: Request, origins: readonly string[]): void {
	const site = request.headers.get('sec-fetch-site');
	const origin = request.headers.get('origin');
	const own = site !== null ? site === 'same-origin' : origin !== null && origins.includes(origin);
	if (!own || request.headers.get('x-alongside') !== '1') throw new Refusal('bad_request');
}

async function readText(request: Request, limit: number): Promise<string> {
	const parts: Uint8Array[] = [];
	let bytes = 0;
	try {
		// To its end, though nothing past the limit is kept: leaving off cuts the connection before the answer is heard. The
		// adapter ends a body at 512 KiB.
		for await (const part of request.body ?? []) {
			bytes += part.byteLength;
			if (bytes <= limit) parts.push(part);
		}
	} catch (problem) {
		throw new Refusal((problem as { status?: number }).status === 413 ? 'too_large' : 'bad_request');
	}
	if (bytes > limit) throw new Refusal('too_large');
	return Buffer.concat(parts).toString('utf8');
}

function parse(text: string): unknown {
	try {
		return JSON.parse(text);
	} catch {
		throw new Refusal('bad_request');
	}
}
