import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';

const folder = mkdtempSync(join(tmpdir(), 'deadlines-'));
afterAll(() => rmSync(folder, { recursive: true }));

function run(content: unknown, args?: string[]) {
	const file = join(folder, 'case.json');
	writeFileSync(file, typeof content === 'string' ? content : JSON.stringify(content));
	const done = spawnSync(process.execPath, ['scripts/deadlines.ts', ...(args ?? [file])], {
		encoding: 'utf8'
	});
	return { code: done.status, out: done.stdout, error: done.stderr };
}

const sound = { asOf: '2026-02-20', events: [{ type: 'assessment.requested', on: '2026-01-05' }] };
const bad = { asOf: '2026-02-20', events: [{ type: 'assessment.requested', on: '2026-02-31' }] };

// One start of Node takes a second or two when the machine is busy with other gates.
describe('npm run deadlines', { timeout: 60_000 }, () => {
	test('one case gives one object, without the ids that only this run gave', () => {
		const { code, out } = run(sound);
		expect(code).toBe(0);
		const said = JSON.parse(out);
		expect(Object.keys(said)).toEqual(['lawAsAt', 'rules', 'milestones']);
		expect(said.milestones[0]).toMatchObject({
			rule: 'EHCNA-6W-DECISION',
			due: '2026-02-16',
			certain: true,
			state: 'late',
			actor: 'council',
			alternatives: []
		});
		expect(said.milestones[0].trigger).toEqual({ type: 'assessment.requested', on: '2026-01-05' });
	});
	test('an array gives an array: ids come back, and each case has its council’s promises', () => {
		const named = {
			...sound,
			events: [
				{ id: 'e1', ...sound.events[0] },
				{ id: 'e2', type: 'assessment.agreed', on: '2026-02-10' }
			]
		};
		const complaint = {
			asOf: '2026-02-20',
			events: [{ type: 'complaint.made', on: '2026-01-05', detail: { stage: 1 } }]
		};
		const others = [
			{ ...complaint, council: { code: 'x', promises: [] } },
			{ ...complaint, council: 'E99' }
		];
		const said = JSON.parse(run([named, complaint, ...others]).out);
		expect(Object.keys(said[0].milestones[0].trigger).sort()).toEqual(['on', 'type']);
		expect(said[0].milestones[0]).toMatchObject({
			trigger: { type: 'assessment.requested', on: '2026-01-05' },
			closedBy: { type: 'assessment.agreed', id: 'e2' }
		});
		expect(said.map(({ milestones }: { milestones: { rule: string }[] }) => milestones.at(0)?.rule)).toEqual([
			'EHCNA-6W-DECISION',
			'CO-BCC-15WD',
			undefined,
			undefined
		]);
		expect(said[3].warnings[0].code).toBe('council-unknown');
	});
	test('one bad case in an array is named by its index, and nothing is printed', () => {
		const { code, out, error } = run([sound, bad, sound]);
		expect([code, out]).toEqual([2, '']);
		expect(error).toContain('[1]');
		expect(error).toContain('2026-02-31');
	});
	test.each(['{', '5'])('%j is no case', (text) => {
		const { code, error } = run(text);
		expect(code).toBe(2);
		expect(error.length).toBeGreaterThan(10);
		expect(error).not.toContain('    at ');
	});
	test('no file, and a file that is not there', () => {
		expect(run(sound, []).code).toBe(2);
		expect(run(sound, [join(folder, 'none.json')]).error).toContain('none.json');
	});
	test('a byte order mark is no fault; --help explains and succeeds', () => {
		expect(run(`\uFEFF${JSON.stringify(sound)}`).code).toBe(0);
		const help = run(sound, ['--help']);
		expect(help.code).toBe(0);
		expect(help.out).toContain('FILE.json');
	});
});
