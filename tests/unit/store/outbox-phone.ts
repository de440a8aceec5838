import type { phone } from './phone.ts';
import { CASE } from './phone.ts';
import { serverHalf } from './server-half.ts';

export const PIN = '274915';
export const ACCOUNT = '33333333-3333-4333-8333-333333333333';
export const SENT = `case:${CASE}:sent:${ACCOUNT}`;
export const message = (text: string) => ({ scope: SENT, name: 'message.send', args: { text } });

/** A phone of somebody who is signed in and has heard the server's key. */
export async function connected(one: ReturnType<typeof phone>, server = serverHalf()) {
	const store = await one.open();
	await store.pull.openAccount({ userId: ACCOUNT, scopes: [SENT] });
	await store.pull.keepServerKey(server.key);
	return { store, server, id: store.profile()!.id };
}

export async function withPin(one: ReturnType<typeof phone>) {
	const found = await connected(one);
	const recovery = found.store.lock.newRecoveryCode();
	await found.store.lock.setSecret({ kind: 'pin', text: PIN, recovery });
	return found;
}
