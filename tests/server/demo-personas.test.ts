import { describe, expect, it } from 'vitest';
import { type CivilDate, addDays, weekdayOf } from '#domain/time/civil-date.ts';
import { composeDemo } from '#server/demo/compose.ts';
import { confirmDemo, DemoNotAsNamed, journeyOfCase } from '#server/demo/confirm.ts';
import { PERSONAS } from '#server/demo/personas.ts';

const at = (today: CivilDate) => composeDemo(today, new Date(`${today}T12:00:00Z`));

describe.each(PERSONAS.map((p) => [p.name, p] as const))('%s on its frozen day', (_name, persona) => {
	const laid = composeDemo(persona.frozen, new Date(`${persona.frozen}T12:00:00Z`), [persona]).personas[0];
	it.each(laid?.cases.map((c) => [c.roster.caseRef, c] as const) ?? [])(
		'%s is exactly what the file says',
		(_ref, one) => {
			const journey = journeyOfCase(one, persona.frozen);
			const want = one.source.onFrozenDay;
			const told = (m: { rule: string; due?: string } | undefined) => m && { rule: m.rule, due: m.due };
			expect({
				main: journey.main?.kind,
				stage: journey.main?.stage,
				holder: journey.main?.holder,
				now: journey.now?.why,
				...(want.ribbon ? { ribbon: { ...journey.main?.ribbon, gates: undefined } } : {}),
				late: journey.late.map((l) => ({ rule: l.milestone.rule, days: l.days, holder: l.holder })),
				...(want.next ? { next: told(journey.next) } : {}),
				...(want.nextOwn ? { nextOwn: told(journey.nextOwn) } : {}),
				actions: journey.actions.map((a) => a.key),
				milestones: want.milestones.map((m) => {
					const said = journey.milestones.findLast((x) => x.rule === m.rule);
					return { rule: m.rule, due: said?.due, state: said?.state };
				})
			}).toEqual(want);
			// Nothing moves on the frozen day itself.
			expect(one.events.map((e) => e.on)).toEqual(
				one.source.events.map((e) => e.on).slice(0, one.events.length)
			);
		}
	);
});

describe('the demo laid on other days', () => {
	/** 61 days, six or seven apart over a year and a bit, so that every weekday, month end, August and Christmas come up. */
	const days = Array.from({ length: 61 }, (_, i) => addDays('2026-11-20', i * 6 + (i % 3)));
	it.each(days)('on %s every family is in the state it is named after', (today) => {
		expect(() => confirmDemo(at(today))).not.toThrow();
	});
	it('comes to every weekday and every month', () => {
		expect(new Set(days.map(weekdayOf)).size).toBe(7);
		expect(new Set(days.map((d) => d.slice(5, 7))).size).toBe(12);
	});
	it('tells nothing that lies ahead except a meeting that is set, and moves every act by whole weeks', () => {
		for (const today of days) {
			for (const { persona, cases } of at(today).personas)
				for (const one of cases)
					for (const event of one.events) {
						if (event.type !== 'review.meeting-set')
							expect(event.on <= today, `${persona.name} ${event.type} ${event.on}`).toBe(true);
						const source = one.source.events[Number(event.source?.ref?.split('-').at(-1)) - 1];
						expect(weekdayOf(event.on)).toBe(weekdayOf(source?.on ?? ''));
						expect(event.recordedAt <= `${today}T12:00:00.000Z`).toBe(true);
					}
		}
	});
	it('keeps the transfer on its real season and says which', () => {
		const season = (today: CivilDate) =>
			at(today).personas.find((p) => p.persona.name === 'year-6-transfer')?.season;
		expect(season('2026-10-01')).toEqual({ name: 'next', longstop: '2027-02-15' });
		expect(season('2027-01-05')).toEqual({ name: 'this', longstop: '2027-02-15' });
		expect(season('2027-06-30')).toEqual({ name: 'last', longstop: '2027-02-15' });
		expect(season('2027-09-13')).toEqual({ name: 'last', longstop: '2027-02-15' });
		expect(season('2027-09-14')).toEqual({ name: 'next', longstop: '2028-02-15' });
	});
	it('refuses to show a family that is not what it is named after', () => {
		const demo = at('2026-11-25');
		const laid = demo.personas.find((p) => p.persona.name === 'week-23')?.cases[0];
		laid?.events.push({
			...laid.events[0]!,
			type: 'plan.finalised',
			on: '2026-11-20',
			detail: { kind: 'first' }
		});
		expect(() => confirmDemo(demo)).toThrow(DemoNotAsNamed);
		expect(() => confirmDemo(demo)).toThrow(/week-23 TW-7H28/);
	});
});
