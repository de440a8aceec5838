import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { fileOf, judge, said } from './support.ts';
import { zipOf } from './zip-of.ts';

/** The children of tests/fixtures/imports/sen2-2025.xml as a Blade export holds them. */
const BLADE: Record<string, string> = {
	sen2: 'sen2tableid,collection,year,referencedate,lea\n1,SEN2,2025,2025-Jan-16 00:00:00,999\n',
	person:
		'sen2tableid,persontableid,surname,forename,personbirthdate,sex,ethnicity,postcode,upn,uniquelearnernumber,upnunknown\n' +
		'1,11,Hassan,Amira,2018-May-14 00:00:00,F,BSOM,KC1 2AB,A823432112003,1234567890,\n' +
		'1,12,Ode,Tom,2012-May-14 00:00:00,M,WBRI,KC2 3CD,H801200001002,,\n' +
		'1,13,Vale,Robin,2010-Feb-01 00:00:00,M,WBRI,,K801200001003,,\n' +
		'1,14,Young,Sky,2022-Feb-01 00:00:00,F,WBRI,,,,UN2\n',
	requests:
		'persontableid,requeststableid,receiveddate,rquestsource,rya,requestoutcomedate,requestoutcome,requestmediation,requesttribunal,exported\n' +
		'12,22,2024-Mar-04 00:00:00,2,0,2024-Apr-10 00:00:00,N,1,0,0\n' +
		'11,21,2024-Jan-15 00:00:00,1,0,2024-Feb-20 00:00:00,Y,0,0,0\n' +
		'13,23,2016-Mar-04 00:00:00,,,,H,,,\n' +
		'14,24,2024-Nov-04 00:00:00,1,0,,A,0,0,0\n',
	assessment:
		'requeststableid,assessmenttableid,assessmentoutcome,assessmentoutcomedate,assessmentmediation,assessmenttribunal,othermediation,othertribunal,week20\n' +
		'21,31,Y,2024-Jun-10 00:00:00,0,1,0,0,1\n23,33,H,,,,,,\n',
	namedplan:
		'assessmenttableid,namedplantableid,startdate,planres,planwbp,pb,oa,dp,ceasedate,ceasereason\n' +
		'31,41,2024-Jun-12 00:00:00,A,,0,0,0,,\n33,43,2016-Sep-01 00:00:00,,,,,,2024-May-01 00:00:00,8\n',
	plandetail: 'namedplantableid,plandetailtableid,urn,ukprn,sensetting,placementrank\n41,51,103214,,,1\n',
	activeplans:
		'requeststableid,activeplanstableid,transferla,reviewmeeting,reviewoutcome,reviewdraft,phasetransferduedate,phasetransferfinaldate,lastreview\n' +
		'21,61,,2024-Dec-02 00:00:00,A,2024-Dec-20 00:00:00,,,2024-Dec-20 00:00:00\n',
	placementdetail:
		'activeplanstableid,placementdetailtableid,urn,placementrank,entrydate,leavingdate\n61,71,103214,1,2024-Sep-02 00:00:00,\n',
	senneed: 'activeplanstableid,senneedtableid,sentype,sentyperank\n61,81,SLCN,1\n'
};
const nameOf = (module: string) => `Blade-Export_23-01-2025_${module}.csv`;

export function bladeFolder(change: (files: Record<string, string>) => void = () => {}): string {
	const files = { ...BLADE };
	change(files);
	const folder = mkdtempSync(join(tmpdir(), 'blade-'));
	for (const [module, content] of Object.entries(files)) writeFileSync(join(folder, nameOf(module)), content);
	return folder;
}

describe('a Blade export', () => {
	const whole = { persons: 3, events: 10, suppressed: 1 };

	it('gives what the XML of the same children gives, as a folder, as a zip and by name', async () => {
		const folder = bladeFolder();
		const zip = zipOf(
			Object.entries(BLADE).map(([module, content]) => ({ name: `export/${nameOf(module)}`, content }))
		);
		const named = Object.keys(BLADE).map((module) => join(folder, nameOf(module)));
		for (const given of [folder, fileOf('blade.zip', zip), named]) {
			const done = await judge('sen2', given);
			expect(said(done)).toBe(
				'5 person[4]/upn: This person has no UPN. Nothing of this person is kept: no roster row could ever confirm whose it is.'
			);
			expect(done.report.rows).toEqual({ read: 4, accepted: 3, refused: 0, unchanged: 1 });
			expect(done.report.created).toEqual(whole);
			expect(done.report.files).toHaveLength(9);
		}
	});

	it('does not mind capitals, other headings and an older version', async () => {
		const done = await judge(
			'sen2',
			bladeFolder((files) => {
				files.person = (files.person ?? '')
					.replace('persontableid', 'PersonTableID')
					.replace('sex', 'gendercurrent')
					.replace('personbirthdate', 'Person Birth Date');
			})
		);
		expect(done.report.created).toEqual(whole);
	});

	it('is refused with a file missing, with one twice, and with a stranger among them', async () => {
		expect(
			said(
				await judge(
					'sen2',
					bladeFolder((files) => delete files.namedplan)
				)
			)
		).toMatch(/namedplan file is missing/);
		expect(
			said(
				await judge(
					'sen2',
					bladeFolder((files) => (files['copy-person'] = files.person ?? ''))
				)
			)
		).toMatch(/two person files/);
		expect(
			said(
				await judge(
					'sen2',
					bladeFolder((files) => (files.pupils = 'a,b\n'))
				)
			)
		).toMatch(/not one of the nine/);
		expect(
			said(
				await judge(
					'sen2',
					bladeFolder((files) => (files.person = 'upn\nA823432112003\n'))
				)
			)
		).toMatch(/no persontableid/);
	});

	it('refuses a row that belongs to nobody', async () => {
		const done = await judge(
			'sen2',
			bladeFolder((files) => (files.requests += '99,29,2024-Mar-04 00:00:00,1,0,,A,0,0,0\n'))
		);
		expect(done.exitCode).toBe(1);
		expect(done.report.problems).toContainEqual(
			expect.objectContaining({ file: nameOf('requests'), row: 6, column: 'persontableid' })
		);
	});
});
