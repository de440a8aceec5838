import { oidcOf } from '#server/oidc/clients.ts';
import { runtime } from '#server/runtime.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ url }) => {
	const { config } = await runtime();
	return { staff: oidcOf(config).for('staff').length > 0, left: url.searchParams.has('left') };
};
