import { placeOfMutation } from '#contract/sealed-place.ts';
import { userScope } from '#contract/scope.ts';
import { SCHEMA } from '#contract/version.ts';
import type { OutboxRow } from '../db.ts';
import { TooLong } from '../errors.ts';
import { sealToServer, type ServerKey } from '../keys/envelope.ts';
import { readMeta } from '../meta.ts';
import type { Session } from '../profile-session.ts';
import { wordsOf, type Words } from './item.ts';

/** An opened profile, as far as the outbox needs it. */
export type Open = Pick<Session, 'id' | 'db' | 'sealer'>;
/** A row without what is sealed. */
export type Facts = Omit<OutboxRow, 'own' | 'envelope'>;
type Place = Pick<OutboxRow, 'mid' | 'seq' | 'scope' | 'name'>;

/** An envelope holds 262,484; the rest is room for what stands around the words when a phone that was taken off hands them over. */
const MOST_BYTES = 250_000;
const utf8 = new TextEncoder();

/** What the server opens. Throws when the key is none. */
export async function envelopeOf(key: ServerKey, place: Place, { sv, args }: Words) {
	return sealToServer(key, utf8.encode(JSON.stringify({ sv, args })), placeOfMutation(place));
}

/** Seals a new row twice, for this phone and for the server. `kid` must still be the scope's key in the transaction that writes it. */
export async function sealedRow({ id, db, sealer }: Open, facts: Facts, args: unknown) {
	const words: Words = { sv: SCHEMA, args };
	if (utf8.encode(JSON.stringify(words)).length > MOST_BYTES) throw new TooLong();
	const { mid, seq } = facts;
	const plain = { scope: userScope(id), t: 'outbox', id: mid, ver: seq, sv: SCHEMA, v: words };
	const { kid, rows } = await sealer.seal(plain.scope, [plain]);
	const key = await readMeta(db, 'serverKey');
	// A key that is none is as good as no key: the next pull brings a good one.
	const envelope = key && (await envelopeOf(key, facts, words).catch(() => undefined));
	const row: OutboxRow = { ...facts, own: rows[0]!, ...(envelope && { envelope }) };
	return { kid, row };
}

/** Opens rows in their order; null where the words do not open, or are another row's. */
export async function openWords(
	sealer: Session['sealer'],
	rows: readonly OutboxRow[]
): Promise<(Words | null)[]> {
	const first = await sealer.open(rows.map(({ own }) => own));
	const doubtful = rows.filter((_, at) => first[at] === null);
	// Another tab may have made the key anew: it is read again before this is called damage.
	for (const scope of new Set(doubtful.map(({ own }) => own.scope))) sealer.forget(scope);
	const second = doubtful.length ? await sealer.open(doubtful.map(({ own }) => own)) : [];
	return rows.map((row, at) => wordsOf(row, first[at] ?? second[doubtful.indexOf(row)] ?? null));
}
