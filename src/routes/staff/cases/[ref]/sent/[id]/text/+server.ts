import { sentFile } from '#features/staff/text-file.ts';
import { staffSent } from '#server/oidc/staff-sent-page.ts';
import { onDuty } from '../../../../../on-duty.server.ts';
import type { RequestHandler } from './$types';

export const GET: RequestHandler = (event) =>
	onDuty(async (server) => sentFile(await staffSent(event, server, event.params)));
