import { orderedJson } from '#contract/ordered-json.ts';
import { placeOfMutation, type PushedMutation } from '#contract/sync/push.ts';
import { sha256 } from '../access/keyed-hash.ts';
import { openEnvelope } from '../access/server-keys.ts';
import type { Tx } from '../db/transaction.ts';
import type { Mutation } from './row-store.ts';

/**
 * What a phone sealed, opened. The hash is over the canonical plain text, so that the same change sealed anew is the same change. What
 * does not read as JSON is taken as it is, and refused by its handler. Null: no key of ours opens it.
 */
export async function openMutation(tx: Tx, one: PushedMutation, secret: string): Promise<Mutation | null> {
	const { mid, seq, scope, name, envelope } = one;
	const plain = await openEnvelope(tx, envelope, { secret, place: placeOfMutation(one) });
	if (!plain) return null;
	const { sv, args } = read(plain);
	return { mid, seq, scope, name, args, hash: sha256(orderedJson({ scope, name, sv, args })) };
}

function read(plain: Buffer): { sv: unknown; args: unknown } {
	const text = plain.toString('utf8');
	try {
		const { sv, args } = JSON.parse(text, (_key, value: unknown) =>
			typeof value === 'string' ? storable(value) : value
		) as { sv?: unknown; args?: unknown };
		return { sv, args };
	} catch {
		return { sv: null, args: text };
	}
}

/** PostgreSQL keeps no zero and no half of a character (an emoji that was cut in two): the one is no word, the other gets its sign. */
const storable = (text: string): string => text.toWellFormed().replaceAll('\0', '');
