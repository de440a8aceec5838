import * as z from 'zod';
import { sentScope } from '#contract/scope.ts';
import { MESSAGE_LENGTH } from '#contract/sync/sending.ts';
import type { AnswerProblem, LateAnswer } from '#contract/staff/views.ts';
import { audit } from '../access/audit.ts';
import { can } from '../access/can.ts';
import { linkedPeople } from '../access/relationships.ts';
import { databaseNow } from '../cases/database-now.ts';
import { rowId } from '../cases/row-id.ts';
import { lockScope, rowsOf, writeScope } from '../cases/scope-writer.ts';
import { sentRows } from '../cases/sent-rows.ts';
import type { Call } from '../edge/caller.ts';
import type { Runtime } from '../runtime.ts';
import { takeCase } from './staff-case.ts';
import { lineOf, refuseView, StaffRefused, topOf } from './staff-duty.ts';
import { isShutOut } from './staff-sent.ts';

const person = z.uuid();

/**
 * Writes back to somebody who sent something. Null: it is sent; otherwise why not, with the words as they were typed. A form that is sent
 * twice is one answer; two officers who answer at once have both answered. Throws StaffRefused.
 */
export async function staffAnswer(
	call: Call,
	server: Runtime,
	{ ref, fields }: { ref: string; fields: FormData }
): Promise<AnswerProblem | null> {
	const { staff, actor, file } = await takeCase(call, server, ref);
	const asked = person.safeParse(fields.get('person'));
	if (!asked.success) throw new StaffRefused('bad-request');
	const accountId = asked.data.toLowerCase();
	const text = typed(fields.get('text'));
	const not = (problem: AnswerProblem['problem']) => ({ person: accountId, text, problem });
	const scope = sentScope(file.caseId, accountId);
	if (!can(actor, 'answer', scope)) {
		await refuseView(call, server, { staff, action: 'scope-write', scope });
		throw new StaffRefused('not-allowed');
	}
	if (text.trim() === '') return not('empty');
	if (text.length > MESSAGE_LENGTH) return not('too-long');
	const problem = await server.database.transact(async (tx): Promise<AnswerProblem | 'nobody' | null> => {
		const to = (await linkedPeople(tx, file.scopeId)).find((one) => one.accountId === accountId);
		// Nobody is written to who has not written: this is no way to reach a family that did not ask.
		if (!to || (await sentRows(tx, [scope])).length === 0) return 'nobody';
		if (isShutOut(to)) return not('shut-out');
		await lockScope(tx, scope);
		const id = rowId('answer', scope, formOf(fields), text);
		if ((await rowsOf(tx, scope, 'message')).some((row) => row.id === id)) return null;
		const name = staff.name ?? (await topOf(tx, staff)).council.name;
		const v = { by: 'council', text, at: await databaseNow(tx), name };
		await writeScope(tx, scope, [{ t: 'message', id, v }]);
		await audit(tx, lineOf(call, staff, { action: 'scope-write', scope, object: id }));
		return null;
	});
	if (problem === 'nobody') throw new StaffRefused('bad-request');
	return problem;
}

/**
 * The form again, for somebody whose session had ended when they sent it. Nothing is looked up and nothing kept; a form that is not ours gives
 * empty fields.
 */
export function lateAnswer(ref: string, fields: FormData): LateAnswer {
	const asked = person.safeParse(fields.get('person'));
	const form = fields.get('form');
	return {
		ref,
		person: asked.success ? asked.data : '',
		form: typeof form === 'string' ? form.slice(0, 80) : '',
		text: typed(fields.get('text'))
	};
}

/** A browser ends the lines of a form its own way, and PostgreSQL keeps no zero. */
const typed = (value: FormDataEntryValue | null): string =>
	typeof value === 'string' ? value.toWellFormed().replace(/\r\n?/g, '\n').replaceAll('\0', '') : '';

/** Which form it was; without one every sending is an answer of its own. */
function formOf(fields: FormData): string {
	const form = fields.get('form');
	return typeof form === 'string' && form !== '' ? form.slice(0, 80) : crypto.randomUUID();
}
