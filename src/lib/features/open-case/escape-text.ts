/** Text in a calendar (RFC 5545 §3.3.11) or a contact card (RFC 2426 §4): both cut at the same signs. */
export const escapeText = (text: string): string =>
	text
		.replace(/\\/g, '\\\\')
		.replace(/;/g, '\\;')
		.replace(/,/g, '\\,')
		.replace(/\r\n|\r|\n/g, '\\n');
