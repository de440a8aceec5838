import { sql } from 'kysely';
import { LOOK_DAYS, LOOK_MONTHS, type LooksAnswer } from '#contract/access/looks.ts';
import { sharedScope } from '#contract/scope.ts';
import type { Tx } from '../db/transaction.ts';
import { can, type FamilyActor } from './can.ts';

/** When staff opened the records that this person may read, from the audit, by day in London and by role. */
export async function looksOf(tx: Tx, actor: FamilyActor): Promise<LooksAnswer['cases']> {
	const readable = [...actor.cases.keys()].filter((id) => can(actor, 'read', sharedScope(id))).sort();
	const answer: LooksAnswer['cases'] = [];
	for (const caseId of readable) answer.push({ caseId, looks: await looksAt(tx, sharedScope(caseId)) });
	return answer;
}

async function looksAt(tx: Tx, scope: string): Promise<LooksAnswer['cases'][number]['looks']> {
	const { rows } = await sql<{ on: string; role: string; times: number }>`
		select to_char(at at time zone 'Europe/London', 'YYYY-MM-DD') as "on", actor_role as role, count(*)::int as times
		from audit_line
		where scope = ${scope} and action = 'case-read' and outcome = 'done'
			and at > now() - make_interval(months => ${sql.lit(LOOK_MONTHS)})
		group by 1, 2 order by 1 desc, 2 limit ${sql.lit(LOOK_DAYS)}
	`.execute(tx);
	return rows;
}
