import type { Tx } from '../db/transaction.ts';
import { Refusal } from '../edge/refusal.ts';
import type { Session } from './session.ts';

/** How long a proof counts as fresh (sync-and-security §5.2). */
export const FRESH_MS = 5 * 60_000;

/**
 * Until when this session may do what needs a fresh proof, or null. A mailed code is the weakest proof: whoever reads the
 * family's mail has it, so it counts only for a person without a passkey. A letter always counts: it is how somebody whose
 * passkey was on the lost phone comes back.
 */
export async function freshUntil(tx: Tx, session: Session, now: Date): Promise<Date | null> {
	const until = new Date(session.provedAt.getTime() + FRESH_MS);
	if (until <= now) return null;
	if (session.provedBy === 'mail' && (await passkeyCount(tx, session.accountId)) > 0) return null;
	return until;
}

/** For export from the server, adding a guardian, contact details, another phone, another way in. Throws `proof_needed`. */
export async function requireFresh(tx: Tx, session: Session, now: Date): Promise<void> {
	if (!(await freshUntil(tx, session, now))) throw new Refusal('proof_needed');
}

export async function passkeyCount(tx: Tx, accountId: string): Promise<number> {
	const { count } = await tx
		.selectFrom('passkey')
		.select((of) => of.fn.countAll<number>().as('count'))
		.where('account_id', '=', accountId)
		.executeTakeFirstOrThrow();
	return Number(count);
}
