import { orderedJson } from '#contract/ordered-json.ts';
import type { PullAnswer } from '#contract/sync/pull.ts';
import type { Ack, PushAnswer, PushedMutation } from '#contract/sync/push.ts';
import { sealedMutation, type ServerKey } from './pushing.ts';

/** Who a phone is to the server, however often that dies. */
export type SignedIn = { deviceId: string; cookie: string; caseId: string; accountId: string };
/** What a person wrote, and where it must be found. */
export type Written = { mid: string; scope: string; t: string; id: string; text: string };

/**
 * A phone that writes notes, messages and views, and sends them over HTTP in sealed envelopes, oldest first, again and again until each is
 * answered: what the app's outbox does, in its shortest form, so that the app's own code cannot hide what a server loses.
 */
export class PushingPhone {
	readonly written: Written[] = [];
	/** By mid, as they were first heard. */
	readonly acks = new Map<string, Ack>();
	/** Asked again and answered otherwise. */
	readonly otherwise: string[] = [];
	readonly of: SignedIn;
	readonly key: ServerKey;
	origin = '';
	#all: PushedMutation[] = [];

	constructor(of: SignedIn, key: ServerKey) {
		this.of = of;
		this.key = key;
	}

	get waiting(): PushedMutation[] {
		return this.#all.filter(({ mid }) => !this.acks.has(mid));
	}

	async write(): Promise<void> {
		const { caseId, accountId } = this.of;
		const seq = this.#all.length + 1;
		const [mid, id, text] = [crypto.randomUUID(), crypto.randomUUID(), `words ${accountId} ${seq}`];
		const sent = `case:${caseId}:sent:${accountId}`;
		const note = { t: 'note', scope: `case:${caseId}:fam`, name: 'note.put' };
		const [change, args] = [
			[note, { id, baseVer: null, patch: { text, on: '2026-11-25' } }],
			[
				{ t: 'message', scope: sent, name: 'message.send' },
				{ id, text }
			],
			[
				{ t: 'submission', scope: sent, name: 'views.send' },
				{ id, form: 'annual-review', version: 1, answers: { about: text } }
			]
		][seq % 3] as [typeof note, object];
		this.#all.push(await sealedMutation(this.key, { seq, mid, args, ...change }));
		this.written.push({ mid, scope: change.scope, t: change.t, id, text });
	}

	/** Sends up to `most` of what waits. False: nobody answered. */
	async push(most = 5): Promise<boolean> {
		const mutations = this.waiting.slice(0, most);
		return mutations.length === 0 || this.#send(mutations);
	}

	/** Everything that was ever answered must be answered the same. */
	async askAgain(): Promise<void> {
		for (let at = 0; at < this.#all.length; at += 50)
			if (!(await this.#send(this.#all.slice(at, at + 50)))) throw new Error('Nobody answered.');
	}

	async pull(
		scopes: { id: string; cookie: number | null }[],
		epoch: string | null
	): Promise<PullAnswer | null> {
		const ask = { proto: 1, schema: 1, deviceId: this.of.deviceId, epoch, scopes };
		return (await this.#post('/api/sync/pull', ask)) as PullAnswer | null;
	}

	async #send(mutations: PushedMutation[]): Promise<boolean> {
		const body = { proto: 1, schema: 1, deviceId: this.of.deviceId, mutations };
		const said = (await this.#post('/api/sync/push', body)) as PushAnswer | null;
		if (!said) return false;
		if (said.stopped) throw new Error(`The server stopped: ${JSON.stringify(said.stopped)}`);
		for (const ack of said.acks) {
			const before = this.acks.get(ack.mid) ?? ack;
			if (orderedJson(before) !== orderedJson(ack)) this.otherwise.push(ack.mid);
			this.acks.set(ack.mid, before);
		}
		return true;
	}

	/** Null: the line broke, or the server was not itself. */
	async #post(path: string, body: unknown): Promise<unknown> {
		const headers = {
			'content-type': 'application/json',
			'x-alongside': '1',
			'sec-fetch-site': 'same-origin',
			cookie: this.of.cookie
		};
		try {
			const reply = await fetch(this.origin + path, { method: 'POST', headers, body: JSON.stringify(body) });
			const said: unknown = await reply.json();
			if (reply.status === 200) return said;
			if (reply.status < 500) throw new Error(`${path} was refused: ${reply.status} ${JSON.stringify(said)}`);
			return null;
		} catch (problem) {
			if (problem instanceof TypeError || problem instanceof SyntaxError) return null;
			throw problem;
		}
	}
}
