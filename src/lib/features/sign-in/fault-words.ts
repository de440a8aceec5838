import type { WordKey } from '#i18n/resources.ts';
import type { SignInOutcome } from '#sync/status.ts';

export type Fault = Extract<SignInOutcome, { ok: false }>['why'];

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
	cancelled: 'signin:why.cancelled',
	there: 'signin:why.there',
	unable: 'signin:why.unable',
	'storage-full': 'signin:why.storage-full'
} as const satisfies Record<Fault, WordKey>;

export const faultKey = (why: Fault): (typeof WHY)[Fault] => WHY[why];
