import type { ZodMiniType } from 'zod/mini';
import { deviceRename, deviceRevoke, sessionEnd } from '#contract/access/devices.ts';
import { grantSet, nothingAsked } from '#contract/access/grants.ts';
import {
	mailCodeAddress,
	mailCodeConfirm,
	mailCodeSend,
	mailCodeSignIn
} from '#contract/access/mail-code.ts';
import { oidcBegin } from '#contract/access/oidc.ts';
import { passkeyCreateAsk, passkeyCreated, passkeySignIn } from '#contract/access/passkey.ts';
import { quarantineAsk } from '#contract/access/quarantine.ts';
import { redeemRequest } from '#contract/access/redeem.ts';
import { blobAsk } from '#contract/blobs.ts';
import { pullRequest } from '#contract/sync/pull.ts';
import { pushRequest } from '#contract/sync/push.ts';
import type { Family } from './many-families.ts';

/**
 * Every route that Kit knows, and what somebody who means harm would ask of it about a family that is not theirs. A route
 * without a row fails the sweep.
 */
export type Door = {
	/** Addresses under which the route is reached; the victim's own words stand in those that take any. */
	paths: (victim: Family) => string[];
	/** JSON that the route takes, well formed and about the victim. */
	bodies?: (victim: Family, all: Family[], asker: Family) => unknown[];
	/** The body's shape in the contract, from which malformed ones are made. */
	shape?: ZodMiniType;
	/** Fields of a form, and the action's name. */
	forms?: (victim: Family) => { action: string; fields: Record<string, string> }[];
};

const page = (...paths: string[]): Door => ({ paths: () => paths });
const json = (path: string, shape: ZodMiniType, bodies: Door['bodies'] = () => [{}]): Door => ({
	paths: () => [path],
	shape,
	bodies
});
const form = (action: string, fields: Record<string, string>) => ({ action, fields });
/** Sealed to a key that nobody has. */
const strangeEnvelope = () => ({
	v: 1,
	kid: crypto.randomUUID(),
	epk: 'A'.repeat(87),
	iv: 'A'.repeat(16),
	ct: 'A'.repeat(40)
});
const place = (victim: Family) => ({
	deviceId: victim.deviceId,
	deviceName: 'Phone',
	account: victim.accountId
});
const scopesOf = ({ caseId, accountId }: Family) => [
	`case:${caseId}:shared`,
	`case:${caseId}:fam`,
	`case:${caseId}:yp`,
	`case:${caseId}:own:${accountId}`,
	`case:${caseId}:sent:${accountId}`,
	`user:${accountId}`
];
const shown = {
	id: 'YWJj',
	rawId: 'YWJj',
	type: 'public-key',
	response: { clientDataJSON: 'e30', authenticatorData: 'AAAA', signature: 'AAAA', userHandle: 'AAAA' }
};

export const DOORS: Record<string, Door> = {
	'/[[lang=language]]': page('/', '/ur', '/en-XA'),
	'/[[lang=language]]/help': page('/help', '/pl/help'),
	'/[[lang=language]]/help/law': page('/help/law'),
	'/[[lang=language]]/help/privacy': page('/help/privacy'),
	'/app': page('/app'),
	'/app/about/law': page('/app/about/law'),
	'/app/calendar': page('/app/calendar'),
	'/app/dates': page('/app/dates'),
	'/app/devices': page('/app/devices'),
	'/app/lock': page('/app/lock'),
	'/app/lock/who': page('/app/lock/who'),
	'/app/milestone/[key]': { paths: ({ caseId }) => [`/app/milestone/${caseId}`] },
	'/app/log': page('/app/log'),
	'/app/log/add': page('/app/log/add'),
	'/app/messages': page('/app/messages'),
	'/app/messages/write': page('/app/messages/write'),
	'/app/more': page('/app/more'),
	'/app/move': page('/app/move'),
	'/app/new': page('/app/new'),
	'/app/people': page('/app/people'),
	'/app/profile': page('/app/profile'),
	'/app/profile/share': page('/app/profile/share'),
	'/app/profile/show': page('/app/profile/show'),
	'/app/settings': page('/app/settings'),
	'/app/sign-in': page('/app/sign-in'),
	'/app/sign-in/keep': page('/app/sign-in/keep'),
	'/app/sign-in/removed': page('/app/sign-in/removed'),
	'/app/start': page('/app/start'),
	'/app/start/dates': page('/app/start/dates'),
	'/app/start/letter': page('/app/start/letter'),
	'/app/start/way': page('/app/start/way'),
	'/app/timeline': page('/app/timeline'),
	'/app/views': page('/app/views'),
	'/app/views/[form]/[question]': page('/app/views/assessment/about'),
	'/app/views/[form]/check': page('/app/views/assessment/check'),
	'/app/views/sent/[id]': { paths: ({ caseId }) => [`/app/views/sent/${caseId}`] },
	'/app/waiting': page('/app/waiting'),
	'/app/who-looked': page('/app/who-looked'),
	'/healthz': page('/healthz'),
	'/api/activation/redeem': json('/api/activation/redeem', redeemRequest, (victim) => [
		// A used code on another phone; an unused one with another child's birthday.
		{ code: victim.usedCode, bornOn: victim.bornOn, deviceId: crypto.randomUUID(), deviceName: 'Phone' },
		{ code: victim.code, bornOn: '2001-01-01', deviceId: crypto.randomUUID(), deviceName: 'Phone' }
	]),
	'/api/blobs': json('/api/blobs', blobAsk, ({ blobId, caseId, accountId }) => [
		{ id: blobId, scope: `case:${caseId}:sent:${accountId}`, bytes: 40 },
		{ id: crypto.randomUUID(), scope: `case:${caseId}:sent:${accountId}`, bytes: 40 }
	]),
	'/api/blobs/[id]': { paths: ({ blobId }) => [`/api/blobs/${blobId}`, '/api/blobs/none'] },
	'/api/blobs/[id]/[n]': { paths: ({ blobId }) => [`/api/blobs/${blobId}/0`] },
	'/api/blobs/[id]/complete': {
		paths: ({ blobId }) => [`/api/blobs/${blobId}/complete`],
		shape: nothingAsked,
		bodies: () => [{}]
	},
	'/api/device-secret': json('/api/device-secret', nothingAsked, (victim) => [
		{},
		{ deviceId: victim.deviceId, account: victim.accountId }
	]),
	'/api/devices': json('/api/devices', nothingAsked, (victim) => [{}, { account: victim.accountId }]),
	'/api/devices/rename': json('/api/devices/rename', deviceRename, (victim) => [
		{ id: victim.deviceId, name: 'Mine now' }
	]),
	'/api/devices/revoke': json('/api/devices/revoke', deviceRevoke, (victim) => [{ id: victim.deviceId }]),
	'/api/grants': json('/api/grants', nothingAsked, (victim) => [{}, { caseId: victim.caseId }]),
	'/api/grants/set': json('/api/grants/set', grantSet, (victim, all) =>
		[true, false].flatMap((give) =>
			[victim, ...all.filter((one) => one.caseId === victim.caseId)].map(({ accountId }) => ({
				caseId: victim.caseId,
				accountId,
				give
			}))
		)
	),
	'/api/looks': json('/api/looks', nothingAsked, (victim) => [{}, { caseId: victim.caseId }]),
	'/api/mail-code/address': json('/api/mail-code/address', mailCodeAddress, () => [
		{ address: 'someone@example.invalid' }
	]),
	'/api/mail-code/confirm': json('/api/mail-code/confirm', mailCodeConfirm, () => [{ code: '12345678' }]),
	'/api/mail-code/send': json('/api/mail-code/send', mailCodeSend, () => [
		{ address: 'someone@example.invalid' }
	]),
	'/api/mail-code/sign-in': json('/api/mail-code/sign-in', mailCodeSignIn, (victim) => [
		{ ...place(victim), code: '12345678' }
	]),
	'/api/passkey/create': json('/api/passkey/create', passkeyCreated, () => [
		{ ...shown, response: { clientDataJSON: 'e30', attestationObject: 'AAAA' } }
	]),
	'/api/passkey/create-options': json('/api/passkey/create-options', passkeyCreateAsk, () => [
		{ label: 'Mine' }
	]),
	'/api/passkey/options': json('/api/passkey/options', nothingAsked, (victim) => [
		{},
		{ account: victim.accountId }
	]),
	'/api/passkey/sign-in': json('/api/passkey/sign-in', passkeySignIn, (victim) => [
		{ ...place(victim), credential: shown }
	]),
	'/api/quarantine': json('/api/quarantine', quarantineAsk, () => [
		{
			items: [
				{
					id: crypto.randomUUID(),
					envelope: strangeEnvelope()
				}
			]
		}
	]),
	'/api/session': json('/api/session', nothingAsked),
	'/api/session/end': json('/api/session/end', sessionEnd),
	'/api/sync/live': json('/api/sync/live', nothingAsked),
	'/api/sync/push': json('/api/sync/push', pushRequest, (victim, all, asker) =>
		[asker.deviceId, victim.deviceId].map((deviceId) => ({
			proto: 1,
			schema: 1,
			deviceId,
			mutations: [
				{
					mid: crypto.randomUUID(),
					seq: 1,
					scope: `case:${victim.caseId}:fam`,
					name: 'note.put',
					envelope: strangeEnvelope()
				}
			]
		}))
	),
	'/api/sync/pull': json('/api/sync/pull', pullRequest, (victim, all, asker) =>
		// With the asker's own phone, which is signed in, and with the victim's.
		[asker.deviceId, victim.deviceId].map((deviceId) => ({
			proto: 1,
			schema: 1,
			deviceId,
			epoch: null,
			scopes: all.flatMap(scopesOf).map((id) => ({ id, cookie: null }))
		}))
	),
	'/sign-in': page('/sign-in'),
	'/sign-in/[provider]': page('/sign-in/staff', '/sign-in/none'),
	'/sign-in/[provider]/begin': json('/sign-in/staff/begin', oidcBegin, (victim) => [
		{ ...place(victim), link: true },
		place(victim)
	]),
	'/sign-in/[provider]/remove': json('/sign-in/council/remove', nothingAsked),
	'/sign-in/[provider]/callback': page('/sign-in/staff/callback?code=x&state=y', '/sign-in/none/callback'),
	'/staff': { paths: ({ ref }) => ['/staff', `/staff?ref=${ref}`, '/staff?after='], forms: () => [] },
	'/staff/cases/[ref]': {
		paths: ({ ref }) => [`/staff/cases/${ref}`],
		forms: ({ accountId: person }) => [
			form('suspend', { person, reason: 'court-order' }),
			form('restore', { person }),
			form('end', { person, reason: 'mistake', sure: 'yes' }),
			form('capacity', { says: 'represented', sure: 'yes' }),
			form('answer', { person, form: crypto.randomUUID(), text: 'An answer.' }),
			form('handOver', { to: 'O-1', holder: '' })
		]
	},
	'/staff/cases/[ref]/answer': {
		paths: ({ ref }) => [`/staff/cases/${ref}/answer`],
		forms: ({ accountId: person }) => [form('', { person, form: crypto.randomUUID(), text: 'An answer.' })]
	},
	'/staff/cases/[ref]/thread/[person]/text': {
		paths: ({ ref, accountId }) => [`/staff/cases/${ref}/thread/${accountId}/text`]
	},
	'/staff/cases/[ref]/sent/[id]/text': {
		paths: ({ ref, sentId }) => [`/staff/cases/${ref}/sent/${sentId}/text`]
	},
	'/staff/cases/[ref]/sent/[id]/files/[blob]': {
		paths: ({ ref, sentId, blobId }) => [`/staff/cases/${ref}/sent/${sentId}/files/${blobId}`]
	},
	'/staff/cases/[ref]/sent/[id]': { paths: ({ ref, sentId }) => [`/staff/cases/${ref}/sent/${sentId}`] },
	'/staff/council': {
		paths: () => ['/staff/council'],
		forms: ({ council }) => [{ action: '', fields: { council } }]
	}
};
