import { expect, test } from 'vitest';
import { oidcBegin } from '#contract/access/oidc.ts';
import { wayToProvider } from '#sync/provider-way.ts';
import type { Reply } from '#sync/transport.ts';

const deviceId = crypto.randomUUID();
const store = { position: async () => ({ deviceId, scopes: [], signedIn: false, epoch: null }) as never };
const asked: { path: string; body: unknown }[] = [];
const answering = (reply: Reply) => ({
	post: async (path: string, body: unknown) => (asked.push({ path, body }), reply)
});
const heard = (json: unknown): Reply => ({ ok: true, json, sent: 0, got: 0 });

test('asks for this phone, in the shape that the server reads, and says where to go', async () => {
	const go = 'https://login.example/authorize?x=1';
	const ask = { provider: 'govuk-one-login', account: crypto.randomUUID(), link: true };
	expect(await wayToProvider({ store, line: answering(heard({ go })) }, ask)).toEqual({ ok: true, go });
	const { path, body } = asked.at(-1)!;
	expect(path).toBe('/sign-in/govuk-one-login/begin');
	expect(oidcBegin.parse(body)).toMatchObject({ deviceId, link: true, account: ask.account });
});

test('says why not: no connection, a proof that is too old, an answer that is none', async () => {
	const why = async (reply: Reply) =>
		wayToProvider({ store, line: answering(reply) }, { provider: 'council' });
	expect(await why({ ok: false, why: 'offline' })).toEqual({ ok: false, why: 'offline' });
	const code = 'proof_needed' as const;
	expect(await why({ ok: false, why: 'refused', code })).toEqual({ ok: false, why: 'proof-needed' });
	expect(await why(heard({ somewhere: 1 }))).toEqual({ ok: false, why: 'unavailable' });
	const closed = { position: async () => Promise.reject(new Error('closed')) };
	expect(await wayToProvider({ store: closed, line: answering(heard({})) }, { provider: 'council' })).toEqual(
		{
			ok: false,
			why: 'unavailable'
		}
	);
});
