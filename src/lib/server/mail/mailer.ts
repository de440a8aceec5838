import type { MailSettings } from './settings.ts';
import { notifySender } from './notify.ts';
import { smtpSender } from './smtp.ts';

/** Plain text, one address. Rejects when nobody took it. */
export type SendMail = (mail: { to: string; subject: string; text: string }) => Promise<void>;

const made = new WeakMap<MailSettings, SendMail>();

/** The one sender of these settings, for as long as the server runs. */
export function senderFor(settings: MailSettings): SendMail {
	const known = made.get(settings);
	if (known) return known;
	const sender = settings.kind === 'smtp' ? smtpSender(settings) : notifySender(settings);
	made.set(settings, sender);
	return sender;
}
