import { createHmac } from 'node:crypto';

/** The only form in which a UPN is kept: keyed, so that a stolen database cannot be searched by number. */
export const upnHmac = (upn: string, secret: string) =>
	createHmac('sha256', secret).update(`upn:${upn}`).digest('hex');
