import type { Handle, HandleServerError, ServerInit } from '@sveltejs/kit';
import { building } from '$app/environment';
import { languageOf } from '#i18n/languages.ts';
import { faultLine } from '#server/fault-line.ts';
import { openForBusiness } from '#server/open-for-business.ts';

/** Opens and migrates the database before the entry listens. A build renders pages without one. */
export const init: ServerInit = async () => {
	if (!building) await openForBusiness();
};

/** Pages in other languages say so in the first byte, for a screen reader without scripts. */
export const handle: Handle = ({ event, resolve }) => {
	const lang = event.params.lang;
	if (!lang) return resolve(event);
	return resolve(event, {
		transformPageChunk: ({ html }) =>
			html.replace('<html lang="en" dir="ltr"', `<html lang="${lang}" dir="${languageOf(lang).dir}"`)
	});
};

/** Logs the fault, never the request: an address or a body may say who a family is. */
export const handleError: HandleServerError = ({ error, event, status, message }) => {
	if (status >= 500) console.error('page:', event.route.id, faultLine(error));
	return { message };
};
