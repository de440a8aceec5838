import type { BlobAnswer } from '#contract/blobs.ts';
import { answerBlobAsk } from '#server/blobs/answer-ask.ts';
import { answerChunk } from '#server/blobs/answer-chunk.ts';
import { answerComplete } from '#server/blobs/answer-complete.ts';
import { answerKept } from '#server/blobs/answer-kept.ts';
import { answering } from '#server/edge/refusal.ts';
import type { Runtime } from '#server/runtime.ts';
import { ORIGIN } from './call.ts';
import { sumOfBytes, type PhoneFile } from './files.ts';
import { say, type Phone, type Reply } from './sign-in.ts';

export type Said = { status: number; body: BlobAnswer & { retryAfter?: number } };
const heard = async (reply: Promise<Reply>) => (await reply) as unknown as Said;

/** What a phone does with a file, over the server's real endpoints. */
export const ask = (phone: Phone, scope: string, { ref }: PhoneFile, more: object = {}): Promise<Said> =>
	heard(phone.post(answerBlobAsk, { id: ref.id, scope, bytes: ref.bytes, ...more }));

type Put = { id?: string; n: number | string; bytes: Uint8Array; headers?: Record<string, string> };
export const put = (phone: Phone, { ref }: PhoneFile, one: Put): Promise<Said> => {
	const { n, bytes, headers = {}, id = ref.id } = one;
	const own = {
		'content-type': 'application/octet-stream',
		'x-alongside': '1',
		'sec-fetch-site': 'same-origin',
		'x-chunk-sha256': sumOfBytes(bytes)
	};
	const request = new Request(`${ORIGIN}/api/blobs/${id}/${n}`, {
		method: 'PUT',
		body: bytes as BodyInit,
		headers: { ...own, ...headers }
	});
	return heard(say(() => answerChunk(phone.browser.call(request), phone.server, { id, n: String(n) })));
};

export const complete = (phone: Phone, { ref }: PhoneFile): Promise<Said> =>
	heard(phone.post((call, server) => answerComplete(call, server, { id: ref.id }), {}));

/** All chunks, in whatever order, and nothing after them. */
export async function upload(phone: Phone, scope: string, file: PhoneFile): Promise<Said> {
	let last = await ask(phone, scope, file);
	for (const n of file.chunks.keys()) last = await put(phone, file, { n, bytes: file.chunks[n]! });
	return last;
}

/** The kept file as it goes to the person's phones, still sealed. */
export async function fetchKept(phone: Phone, id: string): Promise<{ status: number; bytes: Buffer }> {
	const call = phone.browser.get(`/api/blobs/${id}`);
	const response = await answering(() => answerKept(call, phone.server, { id }));
	return { status: response.status, bytes: Buffer.from(await response.arrayBuffer()) };
}

/** The same server with its files in another folder, and with a scanner if one is given. */
export const withFiles = (server: Runtime, blobDir: string, scanCommand?: readonly string[]): Runtime => ({
	...server,
	config: { ...server.config, blobDir, ...(scanCommand && { scanCommand }) }
});
