import { expect } from 'vitest';
import { answerCreate, answerCreateOptions } from '#server/access/answer-passkey-create.ts';
import { answerPasskeyOptions, answerPasskeySignIn } from '#server/access/answer-passkey-sign-in.ts';
import { answerRedeem } from '#server/access/answer-redeem.ts';
import { answerPull } from '#server/sync/answer-pull.ts';
import { answering } from '#server/edge/refusal.ts';
import type { Call } from '#server/edge/caller.ts';
import type { Runtime } from '#server/runtime.ts';
import { Authenticator, type Bend, type CreateOptions, type ShowOptions } from './authenticator.ts';
import { Browser } from './call.ts';
import { letterCode, oneChild } from './family.ts';

export type Reply = { status: number; headers: Headers; body: Record<string, unknown> };
export async function say(work: () => Promise<Response>): Promise<Reply> {
	const response = await answering(work);
	return {
		status: response.status,
		headers: response.headers,
		body: (await response.json()) as Record<string, unknown>
	};
}
type Endpoint = (call: Call, server: Runtime) => Promise<Response>;

/** A phone with one authenticator, talking to one server. */
export class Phone {
	readonly browser: Browser;
	readonly keys: Authenticator;
	readonly server: Runtime;
	userId = '';

	constructor(server: Runtime, address = `198.51.100.${Phone.#next++}`) {
		this.server = server;
		this.browser = new Browser(address);
		this.keys = new Authenticator();
	}
	static #next = 1;

	post(endpoint: Endpoint, body: unknown, headers: Record<string, string> = {}): Promise<Reply> {
		return say(() => endpoint(this.browser.post('/api', body, headers), this.server));
	}
	get(endpoint: Endpoint): Promise<Reply> {
		return say(() => endpoint(this.browser.get('/api'), this.server));
	}
	get place() {
		return { deviceId: this.browser.deviceId, deviceName: 'Phone' };
	}

	/** A letter for a guardian of a case; the date of birth is the one of `oneChild`. */
	async letter(scopeId: string, guardian = 'G1'): Promise<Reply> {
		const code = await letterCode(this.server.database, scopeId, guardian);
		const reply = await this.post(answerRedeem, { code, bornOn: '2017-05-04', ...this.place });
		expect(reply.status).toBe(200);
		this.userId = reply.body['userId'] as string;
		return reply;
	}
	async makePasskey(bend: Bend & { id?: string } = {}): Promise<Reply> {
		const options = await this.post(answerCreateOptions, { label: 'Added today' });
		if (options.status !== 200) return options;
		return this.post(answerCreate, this.keys.create(options.body as CreateOptions, bend));
	}
	async challenge(): Promise<ShowOptions> {
		const reply = await this.post(answerPasskeyOptions, {});
		expect(reply.status).toBe(200);
		return reply.body as ShowOptions;
	}
	async passkeySignIn(bend: Bend = {}, more: object = {}): Promise<Reply> {
		const credential = this.keys.show(await this.challenge(), bend);
		return this.post(answerPasskeySignIn, { ...this.place, credential, ...more });
	}
	pull(): Promise<Reply> {
		const body = { proto: 1, schema: 1, deviceId: this.browser.deviceId, epoch: null, scopes: [] };
		return this.post(answerPull, body);
	}
	async signedIn(): Promise<boolean> {
		return (await this.pull()).status === 200;
	}
}

/** A family of one child and one guardian on one phone. */
export async function family(server: Runtime, ref: string): Promise<{ phone: Phone; scopeId: string }> {
	const { scopeId } = await oneChild(server.database, ref, { guardians: [`${ref}-G`] });
	const phone = new Phone(server);
	await phone.letter(scopeId, `${ref}-G`);
	return { phone, scopeId };
}
