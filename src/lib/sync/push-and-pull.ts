import type { PushStore } from '#store/outbox.ts';
import type { PhoneStore } from '#store/phone-store.ts';
import { pullAll, type PullResult } from './pull.ts';
import { pushAll, type PushResult } from './push.ts';
import type { Post, Reply } from './transport.ts';

type Parts = {
	/** Without `push`: a phone that only reads. */
	store: Pick<PhoneStore, 'pull' | 'lastPull'> & { push?: PushStore };
	post: Post;
	heard?: (serverTime: string, sent: number, got: number) => void;
	now?: () => number;
};

/** A first pull may bring the key to seal with, or the news that the server forgot: then once more. */
const LAPS = 2;

/**
 * One lap: first what this phone has to say, then what there is to read, so that what was sent comes back in the same lap. Only one
 * tab of a phone does it at a time.
 */
export async function pushAndPull({ store, post, heard, now }: Parts): Promise<PullResult> {
	const { push } = store;
	let sent: PushResult = { why: 'done', settled: 0 };
	for (let lap = 0; lap < LAPS; lap++) {
		const position = await store.pull.position();
		if (position && !position.signedIn) return { why: 'nobody' };
		if (push) sent = await pushAll({ store: push, post, heard, ...(now ? { now } : {}) });
		if (!position) return unread(sent);
		if ('ok' in sent && !readingGoesOn(sent)) return sent;
		if (lap > 0 && !(sent.why === 'done' && sent.settled > 0)) break;
		const read = await pullAll({
			store: store.pull,
			post,
			...(push ? { push } : {}),
			...(heard ? { heard } : {})
		});
		if (read.why !== 'done' || !push) return read;
		const key = await store.pull.serverKey();
		// Sealed to this very key, and the server could not open it: it was damaged here.
		const damaged = sent.why === 'key' && sent.unopened.envelope.kid === key?.kid && sent.unopened.mid;
		if (key) await push.seal(key, damaged || undefined);
	}
	if (sent.why !== 'done') return 'ok' in sent ? sent : { why: 'confused' };
	const at = store.lastPull();
	if (at) await push?.prune(Date.parse(at));
	return { why: 'done' };
}

/** The server cannot read what this app sends: no reason to keep from the family what it has for them. */
const readingGoesOn = (sent: Extract<Reply, { ok: false }>) =>
	sent.why === 'refused' && sent.code === 'bad_request';

/**
 * A locked phone hands over what is sealed and reads nothing; what else the server has to say (signed out, taken off the list) it hears
 * when it is open, because only then it can act on it. Without a profile there was nothing to send.
 */
function unread(sent: PushResult): PullResult {
	const later = 'ok' in sent && (sent.why !== 'refused' || sent.code === 'too_many');
	return later ? sent : { why: 'nobody' };
}
