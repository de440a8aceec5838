import { readCase } from '#domain/case/read-case.ts';
import { DEMO_COUNCIL } from '#domain/law/council-promises.ts';
import { lawFor } from '#domain/law/law-for.ts';
import type { LawResult, Milestone } from '#domain/law/milestone.ts';
import { expect } from 'vitest';

/** A case as a person would tell it, one event a line, and what the rules must say about it, one milestone a line. */
export type Telling = {
	says: string;
	asOf: string;
	born?: string;
	/** `type on key=value …`; `#name` gives the id, `recorded=` the moment it was recorded. */
	events: string;
	/** `RULE @trigger-day due=… state=… by=…`; `-` means "there is none". */
	expect: string;
	/** Rules that must not be among the milestones; `RULE@day` for one trigger alone. */
	absent?: string;
};

const lines = (text: string) =>
	text
		.split('\n')
		.map((line) => line.trim())
		.filter((line) => line !== '');

export function eventsOf(text: string) {
	return lines(text).map((line) => {
		const [type, on, ...rest] = line.split(/\s+/);
		const pairs = rest
			.filter((word) => !word.startsWith('#'))
			.map((word) => word.split('=') as [string, string]);
		const id = rest.find((word) => word.startsWith('#'))?.slice(1);
		const { recorded, ...detail } = Object.fromEntries(pairs);
		return { type, on, detail, ...(id && { id }), ...(recorded && { recordedAt: recorded }) };
	});
}

export function lawOf({ asOf, born, events }: Pick<Telling, 'asOf' | 'born' | 'events'>): LawResult {
	const reading = readCase({ asOf, events: eventsOf(events), ...(born && { child: { bornOn: born } }) });
	if (!reading.ok) throw new Error(reading.problems.join('\n'));
	return lawFor({ ...reading.case, council: DEMO_COUNCIL });
}

const FIELDS: Record<string, (milestone: Milestone) => string | undefined> = {
	due: (m) => m.due,
	strict: (m) => m.strictDue,
	send: (m) => m.sendBy,
	aim: (m) => m.aimFor,
	needs: (m) => m.needs,
	state: (m) => m.state,
	actor: (m) => m.actor,
	by: (m) => m.closedBy?.type,
	closed: (m) => m.closedBy?.on,
	type: (m) => m.trigger.type,
	adviser: (m) => m.trigger.adviser,
	setting: (m) => m.trigger.setting,
	certain: (m) => String(m.certain),
	kind: (m) => m.kind,
	direction: (m) => m.direction,
	inferred: (m) => m.inferred,
	alt: (m) => m.alternatives.map((a) => a.due).join(',') || undefined
};

export type Expected = { rule: string; on?: string; fields: [string, string][] };

export function expectedOf(text: string): Expected[] {
	return lines(text).map((line) => {
		const [rule = '', ...rest] = line.split(/\s+/);
		const on = rest.find((word) => word.startsWith('@'))?.slice(1);
		const fields = rest
			.filter((word) => !word.startsWith('@'))
			.map((word) => word.split('=') as [string, string]);
		return { rule, on, fields };
	});
}

const shown = (milestones: Milestone[]) =>
	milestones.map(
		(m) => `${m.rule} @${m.trigger.on} due=${m.due ?? '-'} state=${m.state} by=${m.closedBy?.type ?? '-'}`
	);

/** Checks every line; a line must fit exactly one milestone by rule, trigger day and party. */
export function check(telling: Telling): void {
	const { milestones } = lawOf(telling);
	for (const { rule, on, fields } of expectedOf(telling.expect)) {
		const parties = fields.filter(([name]) => name === 'adviser' || name === 'setting' || name === 'type');
		const found = milestones.filter(
			(m) =>
				m.rule === rule &&
				(on === undefined || m.trigger.on === on) &&
				parties.every(([name, value]) => (FIELDS[name]?.(m) ?? '-') === value)
		);
		expect(found.length, `${rule} @${on}: one milestone among\n${shown(milestones).join('\n')}`).toBe(1);
		for (const [name, value] of fields) {
			const read = FIELDS[name];
			if (!read || !found[0]) throw new Error(`No field ${name}`);
			expect(read(found[0]) ?? '-', `${telling.says}: ${rule} @${on} ${name}`).toBe(value);
		}
	}
	const rules = new Set(milestones.flatMap((m) => [m.rule, `${m.rule}@${m.trigger.on}`]));
	for (const rule of (telling.absent ?? '').split(/\s+/).filter(Boolean))
		expect(rules.has(rule), `${telling.says}: ${rule} must be absent`).toBe(false);
}
