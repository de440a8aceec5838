import { fail, redirect, type RequestEvent } from '@sveltejs/kit';
import { DECISIONS } from '#contract/staff/views.ts';
import { staffAnswer } from '#server/oidc/staff-answer.ts';
import { staffCase } from '#server/oidc/staff-case.ts';
import { staffDecide, type StaffAsk } from '#server/oidc/staff-decide.ts';
import { staffHandOver } from '#server/oidc/staff-hand-over.ts';
import { keepingWords, onDuty } from '../../on-duty.server.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = (event) =>
	onDuty(async (server) => {
		const told = event.url.searchParams.get('did');
		const did = DECISIONS.find((decision) => decision === told);
		const missing = told === 'missing';
		return { view: await staffCase(event, server, event.params.ref), missing, ...(did && { did }) };
	});

/** Done or not, the page is asked for again: a reload must not decide a second time. */
const decide = (what: StaffAsk['what']) => (event: RequestEvent<{ ref: string }>) =>
	onDuty(async (server) => {
		const { ref } = event.params;
		const did = await staffDecide(event, server, { ref, what, fields: await event.request.formData() });
		redirect(303, `/staff/cases/${encodeURIComponent(ref)}?did=${did ?? 'missing'}`);
	});

export const actions: Actions = {
	suspend: decide('suspend'),
	restore: decide('restore'),
	limit: decide('limit'),
	end: decide('end'),
	capacity: decide('capacity'),
	handOver: (event) =>
		onDuty(async (server) => {
			const { ref } = event.params;
			const did = await staffHandOver(event, server, { ref, fields: await event.request.formData() });
			redirect(303, `/staff/cases/${encodeURIComponent(ref)}?did=${did}`);
		}),
	answer: (event) =>
		keepingWords(event.params.ref, async (server) => {
			const { ref } = event.params;
			const unsent = await staffAnswer(event, server, { ref, fields: await event.request.formData() });
			if (unsent) return fail(400, { unsent });
			redirect(303, `/staff/cases/${encodeURIComponent(ref)}?did=answered`);
		})
};
