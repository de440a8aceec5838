import { staffFile } from '#server/oidc/staff-file.ts';
import { onDuty } from '../../../../../../on-duty.server.ts';
import type { RequestHandler } from './$types';

export const GET: RequestHandler = (event) => onDuty((server) => staffFile(event, server, event.params));
