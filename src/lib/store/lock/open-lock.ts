import { isDamaged } from '../errors.ts';
import type { RemoteKeys } from '../keys/keys-over.ts';
import { mendRecoveryCode } from '../keys/recovery-code.ts';
import { secretText } from '../keys/secret-text.ts';
import { sumOf, type Secret } from '../keys/ways.ts';
import type { LockWay, OpenOutcome, PhoneLock } from '../phone-lock.ts';
import type { WrappedKeyV1 } from '../schema/v001.ts';
import { judge, type LockRead } from './facts.ts';
import { counted, FREE_TRIES, forgiven, type Ladder, type LateClock } from './ladder.ts';
import { stepLadder } from './step-ladder.ts';

export type OpenBy = Parameters<PhoneLock['open']>[0];
export type Try = {
	idb: IDBFactory;
	profile: string;
	read: LockRead;
	by: OpenBy;
	clock: LateClock;
	/** What the phone's own clock says, epoch ms. */
	now: () => number;
	keys: () => Promise<RemoteKeys>;
};

/** What was typed or handed over, as the keys take it; null when it cannot be right. */
function secretOf(by: OpenBy): Secret | null {
	switch (by.way) {
		case 'passkey':
			return { wrapping: 'prf', by: by.credentialId, bytes: by.prf };
		case 'sign-in':
			return { wrapping: 'server', bytes: by.secret };
		case 'recovery': {
			const text = mendRecoveryCode(by.text);
			return text === null ? null : { wrapping: 'recovery', text };
		}
		default:
			try {
				return { wrapping: by.way, text: secretText(by.way, by.text) };
			} catch {
				return null;
			}
	}
}

const guessed = (way: LockWay) => way === 'pin' || way === 'passphrase';
const leftOf = ({ wrong }: Ladder) => Math.max(0, FREE_TRIES - wrong);

/** One try. With `ok` the keys are open; without, nothing was forgotten or erased. */
export async function tryOpen(attempt: Try): Promise<OpenOutcome & { keys?: RemoteKeys }> {
	const { by, read, clock } = attempt;
	const fail = (
		why: Extract<OpenOutcome, { ok: false }>['why'],
		{ ladder, at }: { ladder: Ladder; at: number }
	): OpenOutcome => ({
		ok: false,
		why,
		waitUntil: ladder.until > at ? attempt.now() + (ladder.until - at) : null,
		left: leftOf(ladder)
	});
	const start = { ladder: read.ladder, at: clock.at(read.ladder.clock) };
	if (!judge(read, start.at).ways.includes(by.way)) return fail('refused', start);
	const secret = secretOf(by);
	// A slip that cannot be right (five digits, a code cut short) is told at once and counts for nothing.
	if (!secret) return fail('wrong', start);
	const place = secret.wrapping === 'prf' ? secret.by : '';
	const row = read.keys.find((key) => key.wrapping === secret.wrapping && key.by === place);
	if (!row) return fail('refused', start);
	// A phone restored from a copy has lost the key that never leaves a browser: the right PIN would be called wrong, ten times.
	if (guessed(by.way) && !row.pepper) return fail('damaged', start);

	let after = start;
	let uncounted: Partial<Ladder> = {};
	if (guessed(by.way)) {
		let refused: 'wait' | 'refused' | null = null;
		const step = await stepLadder(attempt, (ladder) => {
			const at = clock.at(ladder.clock);
			after = { ladder, at };
			// Another tab may have counted since: judged again on what stands there now.
			if (!judge({ ...read, ladder }, at).ways.includes(by.way)) refused = 'refused';
			else if (ladder.until > at) refused = 'wait';
			return refused ? null : counted(ladder, at);
		});
		after = { ...after, ladder: step.after };
		uncounted = { wrong: step.before.wrong, until: step.before.until };
		if (refused) return fail(refused, after);
	}
	const keys = await attempt.keys();
	try {
		await keys.unlock(row, secret);
	} catch (error) {
		const changed = await bytesChanged(row);
		if (!isDamaged(error) && !changed) {
			// The thread or its memory failed, and nothing was looked at: no try.
			if (guessed(by.way)) await stepLadder(attempt, (ladder) => ({ ...ladder, ...uncounted }));
			throw error;
		}
		if (by.way === 'sign-in') await stepLadder(attempt, (ladder) => ({ ...ladder, signInFailed: true }));
		return fail(changed ? 'damaged' : 'wrong', after);
	}
	// Only the server's word makes the phone believe its own clock again: a known PIN must not.
	const signedIn = by.way === 'sign-in';
	if (signedIn) clock.trust();
	await stepLadder(attempt, (ladder) => forgiven(signedIn ? attempt.now() : clock.at(ladder.clock)));
	return { ok: true, keys };
}

async function bytesChanged(row: WrappedKeyV1): Promise<boolean> {
	const kept = row.sum;
	if (!kept) return true;
	const now = await sumOf(row).catch(() => null);
	return !now || now.length !== kept.length || now.some((byte, at) => byte !== kept[at]);
}
