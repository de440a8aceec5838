import { afterEach, describe, expect, it } from 'vitest';
import { pullAnswer } from '#contract/sync/pull.ts';
import { pushAnswer } from '#contract/sync/push.ts';
import { revokeDevice } from '#server/access/devices.ts';
import { openEnvelope } from '#server/access/server-keys.ts';
import type { Runtime } from '#server/runtime.ts';
import { HANDLERS } from '#server/sync/handlers.ts';
import { TEST_SECRET } from '../../support/database.ts';
import { testRuntime } from '../../support/family.ts';
import {
	ENDPOINTS,
	frozenIn,
	layPeople,
	read,
	versions,
	type Frozen,
	type People
} from '../../support/frozen-wire.ts';
import { Phone } from '../../support/sign-in.ts';
import type { PushRequest } from '#contract/sync/push.ts';

/** What phones of every wire version sent is accepted and answered by today's server, for ever (tests/fixtures/wire/README.md). */
const servers: Runtime[] = [];
afterEach(async () => {
	for (const server of servers.splice(0)) await server.close();
});

/** Of the moment, and ids that a server makes: of the same kind, not the same. */
const OF_THE_MOMENT = new Set(['serverTime', 'at', 'epoch', 'userId', 'scopes[]']);

/** All that was in an answer is in today's, which may have more: a phone of that time reads on. */
function stillSaid(then: unknown, now: unknown, at: string): string[] {
	if (Array.isArray(then)) {
		if (!Array.isArray(now) || now.length !== then.length) return [`${at}: other in number`];
		return then.flatMap((one, n) => stillSaid(one, now[n], `${at}[${n}]`));
	}
	if (typeof then === 'object' && then !== null) {
		if (typeof now !== 'object' || now === null) return [`${at}: gone`];
		return Object.entries(then).flatMap(([name, value]) =>
			stillSaid(value, (now as Record<string, unknown>)[name], `${at}.${name}`)
		);
	}
	const name = at.split('.').at(-1)!.replace(/\d+/, '');
	const same = OF_THE_MOMENT.has(name) && typeof then === 'string' ? typeof now === 'string' : now === then;
	return same ? [] : [`${at}: ${JSON.stringify(then)} is now ${JSON.stringify(now)}`];
}

describe.each(versions())('wire %s', (version) => {
	const names = frozenIn(version);
	const people = read<People>(version, 'people.json');

	it(
		'is accepted and answered, every request of it, and once more the same',
		{ timeout: 120_000 },
		async () => {
			const server = await testRuntime();
			servers.push(server);
			const phone = await layPeople(server, people);
			for (const name of names) {
				const { path, request, opened, answer } = read<Frozen>(version, name);
				const redeeming = path === '/api/activation/redeem';
				const { accountId, deviceId: id } = people;
				if (path === '/api/quarantine')
					await server.database.transact((tx) => revokeDevice(tx, { accountId, id, now: new Date() }));
				const by = redeeming ? new Phone(server) : phone;
				const first = await by.post(ENDPOINTS[path]!, request);
				expect([name, first.status]).toEqual([name, 200]);
				// A session is of one life: where the answer names what that made, only its kind can be the same.
				expect(stillSaid(answer, first.body, name)).toEqual([]);
				const again = await by.post(ENDPOINTS[path]!, request);
				if (path === '/api/sync/push') expect(stillSaid(first.body, again.body, name)).toEqual([]);
				for (const [n, words] of (opened ?? []).entries()) {
					const { mid, seq, scope, name: what, envelope } = (request as PushRequest).mutations[n]!;
					const place = `${mid}|${seq}|${scope}|${what}`;
					const plain = await server.database.transact((tx) =>
						openEnvelope(tx, envelope, { secret: TEST_SECRET, place })
					);
					expect(JSON.parse(String(plain))).toEqual(words);
				}
			}
		}
	);

	it('was answered in words that today’s phone reads', () => {
		for (const name of names) {
			const { path, answer } = read<Frozen>(version, name);
			const shape = { '/api/sync/push': pushAnswer, '/api/sync/pull': pullAnswer }[path];
			if (shape) expect(shape.parse(answer)).toEqual(answer);
		}
	});
});

it('there is a frozen request for every name a phone may push', () => {
	const frozen = new Set(
		versions()
			.flatMap(frozenIn)
			.map((name) => /^\d\d-push-(.+)\.json$/.exec(name)?.[1])
	);
	expect(Object.keys(HANDLERS).filter((name) => !frozen.has(name))).toEqual([]);
});
