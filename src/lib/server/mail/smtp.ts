import { createTransport } from 'nodemailer';
import type { SendMail } from './mailer.ts';
import type { MailSettings } from './settings.ts';

/** A mail server that is silent for this long is down; a code lives ten minutes. */
const PATIENCE_MS = 20_000;

export function smtpSender({ url, from }: Extract<MailSettings, { kind: 'smtp' }>): SendMail {
	const transport = createTransport({
		url,
		connectionTimeout: PATIENCE_MS,
		greetingTimeout: PATIENCE_MS,
		socketTimeout: PATIENCE_MS,
		// A message is text of ours: nothing in it may name a file or an address to fetch.
		disableFileAccess: true,
		disableUrlAccess: true
	});
	return async ({ to, subject, text }) => {
		// As an object, so that an address can never become two.
		await transport.sendMail({
			from,
			to: { name: '', address: to },
			subject,
			text,
			headers: { 'Auto-Submitted': 'auto-generated' }
		});
	};
}
