import { blobAnswer, CHUNK_HASH_HEADER, type BlobAnswer, type BlobAsk } from '#contract/blobs.ts';
import type { Clock } from '#browser/now.ts';
import type { Exclusive } from '#browser/tabs.ts';
import type { FilePush, Upload } from '#store/files.ts';
import { backoff } from './backoff.ts';
import { createPost, createPut, type Post, type Put, type Reply } from './transport.ts';

type Failed = Extract<Reply, { ok: false }>;
type Heard = { ok: true; answer: BlobAnswer } | Failed;
type Line = { store: FilePush; post: Post; put: Put; stopped?: () => boolean; moved?: () => void };

/** `chunk_wrong` again and again is a fault of ours or of the way; the next lap tries anew. */
const WRONG_IN_A_ROW = 3;

/**
 * Sends what waits, file after file, one chunk at a time: asks what of it has come, sends what is missing, has it opened. Whatever is lost
 * on the way is asked about again, so that a kill, a cut and a lost answer cost one chunk at most. Answers with what stopped it.
 */
export async function sendFiles(line: Line): Promise<{ why: 'done' } | Failed> {
	await line.store.confirm();
	for (const upload of await line.store.waiting()) {
		const failed = await sendFile(line, upload);
		if (failed && !isAboutOne(failed)) return failed;
		if (line.stopped?.()) break;
	}
	return { why: 'done' };
}

/** Said of this file and not of the phone or the way: the others go on. */
const isAboutOne = (failed: Failed) =>
	failed.why === 'refused' && ['not_found', 'bad_request', 'too_large', 'chunk_wrong'].includes(failed.code);

async function sendFile(line: Line, { id, scope, bytes, have }: Upload): Promise<Failed | null> {
	const { store, post, put, stopped, moved } = line;
	const hear = async (reply: Reply): Promise<Heard> => {
		if (!reply.ok) return reply;
		const answer = blobAnswer.safeParse(reply.json);
		if (!answer.success || answer.data.have.length !== have.length) return { ok: false, why: 'unavailable' };
		await store.told(id, answer.data);
		moved?.();
		return { ok: true, answer: answer.data };
	};
	let heard = await hear(await post('/api/blobs', { id, scope, bytes } satisfies BlobAsk));
	let asked = false;
	let wrong = 0;
	// Every chunk once, once more where it was lost there, and the questions around them.
	for (let round = 0; round < 2 * have.length + 4 && !stopped?.(); round++) {
		if (!heard.ok) return heard;
		const { state, have: here } = heard.answer;
		if (state === 'done' || state === 'refused') return null;
		const at = here.indexOf('0');
		if (at < 0) {
			// Its words are not there yet, whatever this phone was told of them: asked again after the next lap.
			if (asked) return null;
			asked = true;
			heard = await hear(await post(`/api/blobs/${id}/complete`, {}));
			continue;
		}
		asked = false;
		const chunk = await store.chunk(id, at);
		if (!chunk) return null;
		const sent = await put(`/api/blobs/${id}/${at}`, chunk.bytes, { [CHUNK_HASH_HEADER]: chunk.sum });
		const isWrong = !sent.ok && sent.why === 'refused' && sent.code === 'chunk_wrong';
		if (!isWrong || ++wrong >= WRONG_IN_A_ROW) heard = await hear(sent);
		if (!isWrong) wrong = 0;
	}
	return null;
}

type Parts = { store: FilePush; ask: typeof fetch; clock: Clock; random: () => number; exclusive: Exclusive };
/** Then it is left to the next lap of words, which comes by itself when the connection is back. */
const TRIES = 8;
/** A line that drops in the middle of a file is mostly there again at once. */
const AFTER_A_CUT = 250;

/** Begins to send when it is told to and goes on by itself over a bad connection, one tab at a time. Any failure is only "later". */
export function createFileSending({ store, ask, clock, random, exclusive }: Parts) {
	const line = { store, post: createPost({ ask, clock }), put: createPut({ ask, clock }) };
	let running = false;
	let again = false;
	let closed = false;
	let failures = 0;
	let cancel: (() => void) | null = null;

	async function lap() {
		running = true;
		again = false;
		cancel = null;
		const moved = () => void (failures = 0);
		const send = () => sendFiles({ ...line, moved, stopped: () => closed });
		const result = await exclusive('alongside-files', false, send).catch(() => null);
		running = false;
		if (closed) return;
		if (again && result?.why === 'done') return void lap();
		// Signed out, taken off the list, too old: a lap of words hears the same and acts on it.
		const isLater =
			result && result.why !== 'done' && (result.why !== 'refused' || result.code === 'too_many');
		if (!isLater || ++failures > TRIES) return;
		const cut = result.why === 'offline' && failures === 1;
		const wait = cut ? random() * AFTER_A_CUT : backoff(failures, random);
		cancel = clock.after(Math.max(wait, (result.retryAfter ?? 0) * 1_000), () => void lap());
	}

	return {
		begin() {
			if (closed || cancel) return;
			failures = 0;
			if (running) again = true;
			else void lap();
		},
		close() {
			closed = true;
			cancel?.();
		}
	};
}
