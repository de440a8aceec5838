import { redirect } from '@sveltejs/kit';
import { staffChoose, staffCouncils } from '#server/oidc/staff-duty.ts';
import { onDuty } from '../on-duty.server.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = (event) =>
	onDuty(async (server) => ({ councils: await staffCouncils(event, server) }));

export const actions: Actions = {
	default: (event) =>
		onDuty(async (server) => {
			const fields = await event.request.formData();
			await staffChoose(event, server, String(fields.get('council')));
			redirect(303, '/staff');
		})
};
