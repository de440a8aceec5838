import { redirect } from '@sveltejs/kit';
import { answerCallback } from '#server/oidc/answer-callback.ts';
import { refusing } from '../../refusing.server.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = (event) =>
	refusing(async (server) => redirect(303, await answerCallback(event, server, event.params.provider)));
