import { staffSent } from '#server/oidc/staff-sent-page.ts';
import { onDuty } from '../../../../on-duty.server.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = (event) =>
	onDuty(async (server) => ({ sent: await staffSent(event, server, event.params) }));
