import { redirect } from '@sveltejs/kit';
import { oidcOf } from '#server/oidc/clients.ts';
import { leaveFor } from '#server/oidc/sign-in.ts';
import { refusing } from '../refusing.server.ts';
import type { PageServerLoad } from './$types';

/** A plain link takes staff to their council's sign-in; a family begins inside the app, which knows its phone. */
export const load: PageServerLoad = (event) =>
	refusing(async (server) => {
		const { provider } = event.params;
		if (oidcOf(server.config).get(provider)?.for === 'family') redirect(303, '/app/sign-in');
		redirect(303, await leaveFor(event, server, { provider, purpose: 'staff' }));
	});
