import { audit } from '../access/audit.ts';
import type { Tx } from '../db/transaction.ts';

/** One line a minute from one person: enough to see somebody trying doors, not enough to fill the audit. */
const QUIET_MS = 60_000;

export type RefusedPull = { accountId: string; deviceId: string; address: string; scopes: readonly string[] };

/**
 * Writes down that a phone asked for scopes it may not read; the first of them stands for all. A phone whose access has just
 * ended does so once, and that line says when it heard.
 */
export async function noteRefused(
	tx: Tx,
	{ accountId, deviceId, address, scopes }: RefusedPull
): Promise<void> {
	const recent = await tx
		.selectFrom('audit_line')
		.select('n')
		.where('actor', '=', accountId)
		.where('action', '=', 'scope-read')
		.where('at', '>', new Date(Date.now() - QUIET_MS))
		.limit(1)
		.executeTakeFirst();
	if (recent) return;
	await audit(tx, {
		actor: { id: accountId, role: 'family' },
		action: 'scope-read',
		outcome: 'refused',
		reason: 'not-allowed',
		...(scopes[0] !== undefined && { scope: scopes[0] }),
		address,
		device: deviceId
	});
}
