import { createHash, createSign, generateKeyPairSync, randomBytes, type KeyObject } from 'node:crypto';

/**
 * A phone's authenticator, as far as a server can tell: makes ES256 passkeys without attestation and shows them. Every field a
 * thief could bend can be bent.
 */
export type Bend = {
	origin?: string;
	rpId?: string;
	challenge?: string;
	/** What the counter says; without it, it counts. */
	counter?: number;
	userVerified?: boolean;
	userHandle?: string;
	type?: string;
};
type Kept = { id: string; privateKey: KeyObject; userHandle: string; counter: number; rpId: string };
export type CreateOptions = { challenge: string; rp: { id?: string }; user: { id: string } };
export type ShowOptions = { challenge: string; rpId?: string };

const b64 = (bytes: Uint8Array) => Buffer.from(bytes).toString('base64url');
const sha = (bytes: Uint8Array | string) => createHash('sha256').update(bytes).digest();
const be = (value: number, bytes: number) => {
	const out = Buffer.alloc(bytes);
	out.writeUIntBE(value, 0, bytes);
	return out;
};

/** The few kinds of CBOR that an attestation is made of. */
function cbor(value: unknown): Buffer {
	const head = (major: number, n: number) =>
		n < 24
			? Buffer.from([(major << 5) | n])
			: n < 256
				? Buffer.from([(major << 5) | 24, n])
				: Buffer.concat([Buffer.from([(major << 5) | 25]), be(n, 2)]);
	if (typeof value === 'number') return value >= 0 ? head(0, value) : head(1, -1 - value);
	if (typeof value === 'string')
		return Buffer.concat([head(3, Buffer.byteLength(value)), Buffer.from(value)]);
	if (value instanceof Uint8Array) return Buffer.concat([head(2, value.length), value]);
	const entries = [...(value as Map<unknown, unknown>)];
	return Buffer.concat([head(5, entries.length), ...entries.flatMap(([k, v]) => [cbor(k), cbor(v)])]);
}

export class Authenticator {
	readonly origin: string;
	keys: Kept[] = [];

	constructor(origin = 'http://localhost:3000') {
		this.origin = origin;
	}

	#client(type: string, challenge: string, bend: Bend): Buffer {
		return Buffer.from(
			JSON.stringify({
				type: bend.type ?? type,
				challenge: bend.challenge ?? challenge,
				origin: bend.origin ?? this.origin,
				crossOrigin: false
			})
		);
	}

	#data(rpId: string, flags: number, counter: number): Buffer {
		return Buffer.concat([sha(rpId), Buffer.from([flags]), be(counter, 4)]);
	}

	create(options: CreateOptions, bend: Bend & { id?: string } = {}) {
		const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
		const jwk = publicKey.export({ format: 'jwk' });
		const id = bend.id ? Buffer.from(bend.id, 'base64url') : randomBytes(16);
		const rpId = bend.rpId ?? options.rp.id ?? 'localhost';
		const cose = new Map<number, number | Buffer>([
			[1, 2],
			[3, -7],
			[-1, 1],
			[-2, Buffer.from(jwk.x!, 'base64url')],
			[-3, Buffer.from(jwk.y!, 'base64url')]
		]);
		// Present, verified, with credential data.
		const flags = 0x41 | (bend.userVerified === false ? 0 : 0x04);
		const authData = Buffer.concat([
			this.#data(rpId, flags, bend.counter ?? 0),
			Buffer.alloc(16),
			be(id.length, 2),
			id,
			cbor(cose)
		]);
		this.keys.push({ id: b64(id), privateKey, userHandle: options.user.id, counter: 0, rpId });
		const attestation = new Map<string, unknown>([
			['fmt', 'none'],
			['attStmt', new Map()],
			['authData', authData]
		]);
		return {
			id: b64(id),
			rawId: b64(id),
			type: 'public-key' as const,
			response: {
				clientDataJSON: b64(this.#client('webauthn.create', options.challenge, bend)),
				attestationObject: b64(cbor(attestation)),
				transports: ['internal']
			}
		};
	}

	show(options: ShowOptions, bend: Bend = {}, key = this.keys.at(-1)!) {
		const counter = bend.counter ?? ++key.counter;
		const flags = 0x01 | (bend.userVerified === false ? 0 : 0x04);
		const authData = this.#data(bend.rpId ?? options.rpId ?? key.rpId, flags, counter);
		const client = this.#client('webauthn.get', options.challenge, bend);
		const signature = createSign('sha256')
			.update(Buffer.concat([authData, sha(client)]))
			.sign(key.privateKey);
		return {
			id: key.id,
			rawId: key.id,
			type: 'public-key' as const,
			response: {
				clientDataJSON: b64(client),
				authenticatorData: b64(authData),
				signature: b64(signature),
				userHandle: bend.userHandle ?? key.userHandle
			}
		};
	}
}
