import { formOf } from '#contract/forms.ts';
import { sentText } from '#contract/sent.ts';
import type { StaffSent } from '#contract/staff/views.ts';
import { audit } from '../access/audit.ts';
import type { Call } from '../edge/caller.ts';
import type { Runtime } from '../runtime.ts';
import { childOf, takeCase } from './staff-case.ts';
import { lineOf, StaffRefused, topOf } from './staff-duty.ts';
import { isSubmission, sentByPerson, submissionOf, type Submission } from './staff-sent.ts';

/** One form as it was sent. Each view is written into the audit, as opening the case is. Throws StaffRefused. */
export async function staffSent(
	call: Call,
	server: Runtime,
	{ ref, id }: { ref: string; id: string }
): Promise<StaffSent> {
	const { staff, actor, file } = await takeCase(call, server, ref);
	const shown = await server.database.transact(async (tx) => {
		const sent = await sentByPerson(tx, actor, file);
		const found = sent
			.map(({ person, rows, blobs }) => ({
				person,
				of: { rows, blobs },
				row: rows.filter(isSubmission).find((one) => one.id === id)
			}))
			.find((one) => one.row !== undefined);
		if (!found?.row) return null;
		const { person, of, row } = found;
		const view: StaffSent = {
			...submissionOf(person, row, of),
			top: await topOf(tx, staff),
			ref: file.caseRef,
			child: await childOf(tx, file),
			lang: row.v.lang ?? null,
			answers: answersOf(row),
			sha256: row.v.sha256,
			text: sentText(row.id, row.v)
		};
		// As a look at the case: that somebody of the family sent something is not the others' to know.
		await audit(
			tx,
			lineOf(call, staff, { action: 'case-read', scope: file.scopeId, object: id.toLowerCase() })
		);
		return view;
	});
	if (!shown) throw new StaffRefused('not-found');
	return shown;
}

/** Questions in the order of the form as it was then. */
function answersOf({ v: { form, version, answers } }: Submission): StaffSent['answers'] {
	const asked = formOf(form, version)?.questions.map((question) => question.id) ?? Object.keys(answers);
	return asked.map((question) => ({ question, answer: answers[question] ?? null }));
}
