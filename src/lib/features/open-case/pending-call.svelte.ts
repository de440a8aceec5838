import type { CivilDate } from '#domain/time/civil-date.ts';
import { dialOf } from '#ui/tel/phone-number.ts';
import type { Child } from './children.ts';
import type { OpenCase } from './open-case.svelte.ts';

/**
 * Somebody tapped Call. The phone's own call takes the page away, perhaps for good, so what is kept outlives it: the row that was rung
 * (`away`: whoever stands in for them) and the day. No name and no number: whoever looks into the browser learns nothing.
 */
export type PendingCall = { row: string; on: CivilDate; away?: true };
/** A number on the screen, and whose row it is of. */
export type Callable = { row: string; name: string; phone: string | undefined; away?: true };

const KEY = 'alongside:rang';

function kept(): PendingCall | undefined {
	try {
		return (JSON.parse(sessionStorage.getItem(KEY) ?? 'null') as PendingCall | null) ?? undefined;
	} catch {
		return undefined;
	}
}

let call = $state.raw<PendingCall | undefined>(kept());

function set(next: PendingCall | undefined): void {
	call = next;
	try {
		if (next) sessionStorage.setItem(KEY, JSON.stringify(next));
		else sessionStorage.removeItem(KEY);
	} catch {
		// Storage is blocked: it lasts as long as the page.
	}
}

/** What was rung today and is not written down; yesterday's call is not asked about any more. */
export const pendingCall = (today: CivilDate): PendingCall | undefined =>
	call?.on === today ? call : undefined;
export const callIsDone = (): void => set(undefined);

/** For a part of a screen with telephone links: hears which one was tapped, by its number, and by its name where two share one. */
export function hearCalls(numbers: () => readonly Callable[], today: () => CivilDate) {
	return (part: HTMLElement) => {
		function tapped({ target }: MouseEvent) {
			const link = target instanceof Element && target.closest('a[href^="tel:"]');
			if (!link) return;
			const href = link.getAttribute('href');
			const said = `${link.getAttribute('aria-label') ?? ''} ${link.textContent}`;
			const fit = numbers().filter(({ phone }) => phone && `tel:${dialOf(phone)}` === href);
			const found = fit.find(({ name }) => said.includes(name)) ?? fit[0];
			if (found) set({ row: found.row, on: today(), ...(found.away && { away: true }) });
		}
		part.addEventListener('click', tapped);
		return () => part.removeEventListener('click', tapped);
	};
}

export type Callee = { name: string; phone?: string | undefined };

/** Who stands behind a row of this child's people, or of the telephone lines. Undefined: not of this child, or gone. */
export function calleeOf(
	open: OpenCase,
	child: Child,
	{ row, away }: { row: string; away?: boolean | undefined }
): Callee | undefined {
	const person = child.people.find((one) => one.id === row)?.v;
	if (person && away)
		return { name: person.fallbackName || person.name, phone: person.fallbackPhone ?? person.phone };
	if (person) return { name: person.name, phone: person.phone };
	const line = open.family?.known.line.find((one) => one.id === row)?.v;
	return line && { name: line.name, phone: line.phone };
}

/** The numbers of a list of people, with those who stand in for them. */
export const numbersOf = (
	rows: readonly {
		id: string;
		v: { name: string; phone?: string | undefined; fallbackName?: unknown; fallbackPhone?: unknown };
	}[]
): Callable[] =>
	rows.flatMap(({ id, v: { name, phone, fallbackName, fallbackPhone } }) => [
		{ row: id, name, phone },
		...(typeof fallbackPhone === 'string'
			? [{ row: id, name: String(fallbackName || name), phone: fallbackPhone, away: true as const }]
			: [])
	]);
