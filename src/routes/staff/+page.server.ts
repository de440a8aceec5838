import { redirect } from '@sveltejs/kit';
import { staffSignOut } from '#server/oidc/staff-duty.ts';
import { staffList } from '#server/oidc/staff-list.ts';
import { onDuty } from './on-duty.server.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = (event) =>
	onDuty(async (server) => ({ list: await staffList(event, server) }));

export const actions: Actions = {
	leave: (event) =>
		onDuty(async (server) => {
			await staffSignOut(event, server);
			redirect(303, '/sign-in?left=1');
		})
};
