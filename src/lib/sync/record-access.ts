import { grantsAnswer, type GrantsAnswer } from '#contract/access/grants.ts';
import { looksAnswer, type LooksAnswer } from '#contract/access/looks.ts';
import { whyNot, type AskFault } from './asked.ts';
import { pageLine, type Line } from './line.ts';

export type RecordAccess = { looks: LooksAnswer['cases']; grants: GrantsAnswer['cases'] };
export type RecordAsked = { ok: true; value: RecordAccess } | { ok: false; why: AskFault };

/** Who opened the record, and whose it is. Always from the server: who looked after the last answer must not be missing. */
export async function readRecordAccess({ post }: Pick<Line, 'post'> = pageLine()): Promise<RecordAsked> {
	const [looks, grants] = [await post('/api/looks', {}), await post('/api/grants', {})];
	if (!looks.ok) return { ok: false, why: whyNot(looks) };
	if (!grants.ok) return { ok: false, why: whyNot(grants) };
	const seen = looksAnswer.safeParse(looks.json);
	const given = grantsAnswer.safeParse(grants.json);
	if (!seen.success || !given.success) return { ok: false, why: 'unavailable' };
	return { ok: true, value: { looks: seen.data.cases, grants: given.data.cases } };
}

/** By the young person. `proof-needed` only when giving. */
export async function setGrant(
	ask: { caseId: string; accountId: string; give: boolean },
	{ post }: Pick<Line, 'post'> = pageLine()
): Promise<AskFault | null> {
	const reply = await post('/api/grants/set', ask);
	return reply.ok ? null : whyNot(reply);
}
