import type { WordKey } from '#i18n/resources.ts';
import type { SignInOutcome } from '#sync/status.ts';

export type Fault = Extract<SignInOutcome, { ok: false }>['why'] | PasskeySaid;

/** Of a passkey that is shown, where the same word means something else than of one that is made. */
export type PasskeySaid = 'passkey-none' | 'passkey-stopped';
export const passkeySaid = (why: Fault): Fault =>
	// The platform says "cancelled" too where it has none; a server that knows it no longer would say the same for ever.
	why === 'cancelled' ? 'passkey-none' : why === 'proof-wrong' ? 'passkey-stopped' : why;

/** What each fault says to a person. */
const WHY = {
	offline: 'signin:why.offline',
	unavailable: 'signin:why.unavailable',
	'signed-out': 'signin:why.signed-out',
	'proof-needed': 'signin:why.proof-needed',
	'proof-wrong': 'signin:why.proof-wrong',
	'other-person': 'signin:why.other-person',
	'address-taken': 'signin:why.address-taken',
	'too-many': 'signin:why.too-many',
	'update-needed': 'signin:why.update-needed',
	'passkey-none': 'signin:why.passkey-none',
	'passkey-stopped': 'signin:why.passkey-stopped',
	cancelled: 'signin:why.cancelled',
	there: 'signin:why.there',
	unable: 'signin:why.unable',
	'storage-full': 'signin:why.storage-full'
} as const satisfies Record<Fault, WordKey>;

export const faultKey = (why: Fault): (typeof WHY)[Fault] => WHY[why];
