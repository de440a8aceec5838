import * as z from 'zod';

/** How mail leaves this server. */
export type MailSettings =
	| { kind: 'smtp'; url: string; from: string }
	| { kind: 'notify'; serviceId: string; key: string; template: string };

const UUID = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/.source;
/** name-service-secret; the name may have dashes, so the two ids are read from the end. */
const NOTIFY_KEY = new RegExp(`^.+-(${UUID})-(${UUID})$`);

const address = z
	.string()
	.regex(
		/^([^<>\r\n]+ )?<?[^\s<>@]+@[^\s<>@]+>?$/,
		'must be an address such as Alongside <no-reply@example.gov.uk>'
	);

/** Mail settings out of the environment, undefined when there are none. `problems` are worded as config.ts prints them. */
export function readMail(env: Readonly<Record<string, string | undefined>>): {
	mail: MailSettings | undefined;
	problems: string[];
} {
	const { MAIL_URL: url, MAIL_FROM: from, NOTIFY_API_KEY: key, NOTIFY_TEMPLATE: template } = env;
	const problems: string[] = [];
	const smtp = url !== undefined || from !== undefined;
	const notify = key !== undefined || template !== undefined;
	if (smtp && notify) problems.push('MAIL_URL: give MAIL_… or NOTIFY_…, not both');
	if (smtp) {
		if (!/^smtps?:\/\/[^/]+/.test(url ?? '')) problems.push('MAIL_URL: must begin with smtp:// or smtps://');
		if (!address.safeParse(from).success)
			problems.push('MAIL_FROM: must be an address such as Alongside <no-reply@example.gov.uk>');
		if (problems.length === 0) return { mail: { kind: 'smtp', url: url!, from: from! }, problems };
	}
	if (notify) {
		const ids = NOTIFY_KEY.exec(key ?? '');
		if (!ids) problems.push('NOTIFY_API_KEY: must be the whole key, name-service-secret');
		if (!new RegExp(`^${UUID}$`).test(template ?? ''))
			problems.push('NOTIFY_TEMPLATE: must be the id of a template');
		if (problems.length === 0 && ids)
			return {
				mail: { kind: 'notify', serviceId: ids[1]!, key: ids[2]!, template: template! },
				problems
			};
	}
	return { mail: undefined, problems };
}
