import type { PulledScope, PullAnswer, PullRequest } from '#contract/sync/pull.ts';
import { PAGE_BYTES, PAGE_ROWS } from '#contract/sync/pull.ts';
import { SCHEMA, SCHEMA_MIN } from '#contract/version.ts';
import { readableScopes } from '../access/actor.ts';
import { can, type Actor } from '../access/can.ts';
import { servingKey } from '../access/server-keys.ts';
import type { Tx } from '../db/transaction.ts';
import { readInstance } from '../instance.ts';
import { readPage, type Budget } from './read-page.ts';
import { readToken, start, writeToken, type Position } from './page-token.ts';
import { acksOf } from './acks.ts';
import { checksumAt } from './scope-checksum.ts';

type Asked = PullRequest['scopes'][number];
type Kept = { id: string; ver: number; min_ver: number };
type Pulling = { tx: Tx; epoch: string; sameLife: boolean; budget: Budget };

/**
 * Answers one pull (sync-and-security §2.4) for an actor, in one snapshot: call inside a read-only REPEATABLE READ
 * transaction. Scopes the actor may not read are named in `revoked` and nothing else is said about them, whether they exist
 * or not. The request's `proto` and `schema` have been judged by the caller.
 */
export async function pull(tx: Tx, actor: Actor, request: PullRequest): Promise<PullAnswer> {
	const { epoch } = await readInstance(tx);
	const asked = [...new Map(request.scopes.map((scope) => [scope.id, scope])).values()];
	const allowed = asked.filter((scope) => can(actor, 'read', scope.id));
	const kept = await scopesByIds(
		tx,
		allowed.map((scope) => scope.id)
	);
	const pulling: Pulling = {
		tx,
		epoch,
		sameLife: request.epoch === epoch,
		budget: { rows: PAGE_ROWS, bytes: PAGE_BYTES, sent: 0 }
	};
	const scopes: PulledScope[] = [];
	for (const one of allowed)
		scopes.push(await pullScope(pulling, one, kept.get(one.id) ?? { id: one.id, ver: 0, min_ver: 0 }));
	const wanted = new Set(asked.map((scope) => scope.id));
	const serverKey = await servingKey(tx, new Date());
	return {
		epoch,
		serverTime: new Date().toISOString(),
		schema: { current: SCHEMA, min: SCHEMA_MIN },
		scopes,
		granted: (await readableScopes(tx, actor)).filter((id) => !wanted.has(id)),
		revoked: asked.filter((scope) => !can(actor, 'read', scope.id)).map((scope) => scope.id),
		...(serverKey && { serverKey }),
		acks: await acksOf(tx, actor, request)
	};
}

async function scopesByIds(tx: Tx, ids: string[]): Promise<Map<string, Kept>> {
	if (ids.length === 0) return new Map();
	const rows = await tx.selectFrom('scope').select(['id', 'ver', 'min_ver']).where('id', 'in', ids).execute();
	return new Map(rows.map((row) => [row.id, row]));
}

async function pullScope(
	{ tx, epoch, sameLife, budget }: Pulling,
	asked: Asked,
	scope: Kept
): Promise<PulledScope> {
	const from = asked.cookie;
	const unusable = from === null || from > scope.ver || from < scope.min_ver || !sameLife;
	const at = placeOf({ epoch, unusable, asked, scope });
	const page = await readPage(tx, { scopeId: scope.id, at, budget });
	const pulled: PulledScope = { id: scope.id, from, to: at.to, reset: at.reset, patch: page.patch };
	if (page.next) return { ...pulled, next: writeToken(epoch, page.next) };
	// Rows that changed after the first page are not in these pages: a sum over them would cry loss where there is none.
	return at.to === scope.ver ? { ...pulled, checksum: await checksumAt(tx, scope, epoch) } : pulled;
}

/** A page goes on only where its beginning still holds; otherwise the scope starts again. */
function placeOf({
	epoch,
	unusable,
	asked,
	scope
}: {
	epoch: string;
	unusable: boolean;
	asked: Asked;
	scope: Kept;
}): Position {
	const on = readToken(epoch, asked.page);
	if (on && on.to <= scope.ver && (on.reset ? on.to >= scope.min_ver : !unusable)) return on;
	return start({ to: scope.ver, reset: unusable, ver: unusable ? 0 : asked.cookie! });
}
