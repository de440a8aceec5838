import { SignJWT } from 'jose';
import type { SendMail } from './mailer.ts';
import type { MailSettings } from './settings.ts';

const HOST = 'https://api.notifications.service.gov.uk';
const PATIENCE_MS = 20_000;

/**
 * GOV.UK Notify's REST interface, version 2. Its template holds nothing but ((subject)) and ((text)). A token is made for each
 * letter: Notify takes none older than 30 s.
 */
export function notifySender(
	{ serviceId, key, template }: Extract<MailSettings, { kind: 'notify' }>,
	ask: typeof fetch = fetch
): SendMail {
	const secret = new TextEncoder().encode(key);
	return async ({ to, subject, text }) => {
		const token = await new SignJWT({})
			.setProtectedHeader({ alg: 'HS256', typ: 'JWT' })
			.setIssuer(serviceId)
			.setIssuedAt()
			.sign(secret);
		const reply = await ask(`${HOST}/v2/notifications/email`, {
			method: 'POST',
			headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
			body: JSON.stringify({
				email_address: to,
				template_id: template,
				personalisation: { subject, text }
			}),
			redirect: 'error',
			signal: AbortSignal.timeout(PATIENCE_MS)
		});
		await reply.body?.cancel();
		if (reply.status !== 201) throw new Error(`Notify answered ${reply.status}`);
	};
}
