import { expect, it } from 'vitest';
import { vcardFile, vcardName } from '#features/people/vcard.ts';

it('writes name, number and office hours and nothing empty', () => {
	const card = vcardFile({ name: 'Dawn Mary Harris', phone: '01632 960 144', hours: 'Mon to Thu, 9 to 4' });
	expect(card).toContain('N:Harris;Dawn Mary;;;\r\n');
	expect(card).toContain('TEL;TYPE=WORK,VOICE:01632960144\r\n');
	expect(card).toContain('NOTE:Mon to Thu\\, 9 to 4\r\n');
	expect(card).not.toContain('EMAIL');
});
it('keeps a team as one name and makes a safe file name', () => {
	expect(vcardFile({ name: 'SENDIASS' })).toContain('N:;SENDIASS;;;');
	expect(vcardName({ name: '../Dawn / Harris' })).toBe('Dawn-Harris.vcf');
});
