import { oidcBeginAnswer } from '#contract/access/oidc.ts';
import { StorageFull } from '#store/errors.ts';
import type { PullStore } from '#store/pull-store.ts';
import { whyNot, type AskFault } from './asked.ts';
import { pageLine, type Line } from './line.ts';

/** `provider`: the id that `GET /api/session` gives it. `account`: whose data the phone holds. */
export type ProviderAsk = { provider: string; account?: string; link?: boolean };
export type ProviderWay = { ok: true; go: string } | { ok: false; why: AskFault | 'storage-full' };

/**
 * Where this page is to go (`location.assign`) to sign in with a provider, or with `link` to add it to the signed-in account.
 * The person comes back to `/app/sign-in?from=…&did=signed-in` or `did=linked`; after `signed-in` take the session over with
 * `signIn({ way: 'session' })`. As with a letter, the place to keep it is made ready first.
 */
export async function wayToProvider(
	{ store, line = pageLine() }: { store: Pick<PullStore, 'position'>; line?: Pick<Line, 'post'> },
	{ provider, account, link }: ProviderAsk
): Promise<ProviderWay> {
	try {
		const position = await store.position(true);
		if (!position) return { ok: false, why: 'unavailable' };
		const place = { deviceId: position.deviceId, deviceName: 'Phone', ...(account && { account }) };
		const reply = await line.post(`/sign-in/${provider}/begin`, { ...place, ...(link && { link }) });
		if (!reply.ok) return { ok: false, why: whyNot(reply) };
		const answer = oidcBeginAnswer.safeParse(reply.json);
		return answer.success ? { ok: true, go: answer.data.go } : { ok: false, why: 'unavailable' };
	} catch (error) {
		return { ok: false, why: error instanceof StorageFull ? 'storage-full' : 'unavailable' };
	}
}
