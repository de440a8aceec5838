import { escapeText } from '../open-case/escape-text.ts';

/** A person or line to save in the phone's contacts (vCard 3.0: what old phones read too). Names no child. */
export type Contact = {
	name: string;
	role?: string;
	team?: string;
	phone?: string;
	email?: string;
	hours?: string;
};

export function vcardFile(contact: Contact): string {
	const parts = contact.name.trim().split(/\s+/);
	const last = parts.length > 1 ? parts[parts.length - 1] : '';
	const first = parts.length > 1 ? parts.slice(0, -1).join(' ') : contact.name.trim();
	const lines = [
		'BEGIN:VCARD',
		'VERSION:3.0',
		`N:${escapeText(last ?? '')};${escapeText(first)};;;`,
		`FN:${escapeText(contact.name.trim())}`,
		contact.team && `ORG:${escapeText(contact.team)}`,
		contact.role && `TITLE:${escapeText(contact.role)}`,
		contact.phone && `TEL;TYPE=WORK,VOICE:${contact.phone.replace(/[^+\d]/g, '')}`,
		contact.email && `EMAIL;TYPE=INTERNET:${escapeText(contact.email)}`,
		contact.hours && `NOTE:${escapeText(contact.hours)}`,
		'END:VCARD'
	];
	return lines.filter((line): line is string => Boolean(line)).join('\r\n') + '\r\n';
}

/** A file name without the person's name in it would help nobody; letters and digits only, any script. */
export const vcardName = (contact: Contact) =>
	`${contact.name.replace(/[^\p{L}\p{N}]+/gu, '-').replace(/^-|-$/g, '') || 'contact'}.vcf`;
