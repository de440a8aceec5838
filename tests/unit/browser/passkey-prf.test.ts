import { describe, expect, it } from 'vitest';
import { PRF_INPUT, prfOf, readPrf } from '#browser/passkey-prf.ts';

const secret = new Uint8Array(32).fill(7);
const answering = (results: unknown, asked: CredentialRequestOptions[] = []) => ({
	async get(options: CredentialRequestOptions) {
		asked.push(options);
		return { id: 'AQID', getClientExtensionResults: () => results } as unknown as Credential;
	}
});

describe('the secret of a passkey', () => {
	it('is asked of this device’s own passkeys, with a fixed question', async () => {
		const asked: CredentialRequestOptions[] = [];
		const outcome = await readPrf(['AQID', '-_8'], answering({ prf: { results: { first: secret } } }, asked));
		expect(outcome).toEqual({ ok: true, credentialId: 'AQID', prf: secret });
		const { allowCredentials, userVerification, extensions } = asked[0]!.publicKey!;
		expect(allowCredentials!.map(({ id }) => [...(id as Uint8Array)])).toEqual([
			[1, 2, 3],
			[251, 255]
		]);
		expect(allowCredentials!.every(({ transports }) => transports?.join() === 'internal')).toBe(true);
		expect(userVerification).toBe('required');
		expect((extensions as { prf: unknown }).prf).toEqual({ eval: { first: PRF_INPUT } });
		expect(new TextDecoder().decode(PRF_INPUT)).toBe('alongside phone lock v1');
	});

	it('is read from a buffer or a view, and only when it is 32 bytes', () => {
		const within = new Uint8Array([9, ...secret, 9]);
		expect(prfOf({ prf: { results: { first: within.subarray(1, 33) } } })).toEqual(secret);
		expect(prfOf({ prf: { results: { first: secret.buffer } } })).toEqual(secret);
		expect(prfOf({ prf: { results: { first: new Uint8Array(16) } } })).toBeNull();
		expect(prfOf({ prf: { enabled: true } })).toBeNull();
		expect(prfOf(undefined)).toBeNull();
	});

	it('is not there: a passkey without PRF, a person who says no, a browser that cannot', async () => {
		expect(await readPrf(['AQID'], answering({}))).toEqual({ ok: false, why: 'unable' });
		expect(await readPrf([], answering({}))).toEqual({ ok: false, why: 'unable' });
		const refusing = (name: string) => ({ get: () => Promise.reject(new DOMException('', name)) });
		expect(await readPrf(['AQID'], refusing('NotAllowedError'))).toEqual({ ok: false, why: 'cancelled' });
		expect(await readPrf(['AQID'], refusing('SecurityError'))).toEqual({ ok: false, why: 'unable' });
		expect(await readPrf(['AQID'], undefined)).toEqual({ ok: false, why: 'unable' });
	});
});
