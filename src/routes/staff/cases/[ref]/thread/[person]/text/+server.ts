import { threadFile } from '#features/staff/text-file.ts';
import { staffThread } from '#server/oidc/staff-thread.ts';
import { onDuty } from '../../../../../on-duty.server.ts';
import type { RequestHandler } from './$types';

export const GET: RequestHandler = (event) =>
	onDuty(async (server) => threadFile(await staffThread(event, server, event.params)));
