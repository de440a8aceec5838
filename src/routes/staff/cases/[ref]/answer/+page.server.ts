import { fail, redirect } from '@sveltejs/kit';
import { lateAnswer } from '#server/oidc/staff-answer.ts';
import type { Actions, PageServerLoad } from './$types';

/** There is something to show only in the answer to a form; an address alone leads to the case. */
export const load: PageServerLoad = ({ request, params }) => {
	if (request.method !== 'POST') redirect(303, `/staff/cases/${encodeURIComponent(params.ref)}`);
};

/** Nobody is on duty and nothing is looked up: the words go back to the browser that sent them (docs/decisions/0021). */
export const actions: Actions = {
	default: async ({ request, params }) =>
		fail(401, { late: lateAnswer(params.ref, await request.formData()) })
};
