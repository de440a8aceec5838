import { londonDay } from '#domain/time/instant.ts';
import type { CaseLine, StaffList } from '#contract/staff/views.ts';
import { audit } from '../access/audit.ts';
import { findCase, type CaseFile } from '../cases/case-files.ts';
import { caseList } from '../cases/case-list.ts';
import { holderOn, officersOf } from '../cases/officers.ts';
import { casesUnanswered } from '../cases/sent-rows.ts';
import type { Tx } from '../db/transaction.ts';
import type { Call } from '../edge/caller.ts';
import type { Runtime } from '../runtime.ts';
import { lineOf, refuseView, requireStaff, StaffRefused, topOf } from './staff-duty.ts';

/** A screenful to look through. */
const PAGE = 50;
/** The longest case reference an import takes is shorter. */
const LONGEST = 80;

/**
 * The council's cases in the order of their references, all of them, those of one officer, or those where somebody waits; or the one that was
 * asked for. Throws StaffRefused.
 */
export async function staffList(call: Call, server: Runtime): Promise<StaffList> {
	const staff = await requireStaff(call, server);
	// A publisher loads what everybody may read; cases are not theirs.
	if (staff.acting.role === 'publisher') {
		await refuseView(call, server, { staff, action: 'case-list' });
		throw new StaffRefused('not-allowed');
	}
	const { council } = staff.acting;
	const asked = wordOf(call, 'ref');
	const after = wordOf(call, 'after');
	const heldBy = wordOf(call, 'officer');
	const waiting = wordOf(call, 'waiting') !== '';
	const today = londonDay(new Date().toISOString())!;
	return server.database.transact(async (tx) => {
		const wanted = { council, after, limit: PAGE + 1, waiting, today, ...(heldBy && { heldBy }) };
		const found = asked ? await oneCase(tx, council, asked) : await caseList(tx, wanted);
		const shown = found.slice(0, PAGE).filter((file) => !file.suppressed);
		const officers = await officersOf(tx, council, today);
		const open = await casesUnanswered(
			tx,
			shown.map((file) => file.scopeId)
		);
		const lines: CaseLine[] = [];
		for (const file of shown)
			lines.push({ ...(await lineFor(tx, file)), unanswered: open.has(file.scopeId) });
		const list = {
			top: await topOf(tx, staff),
			asked,
			after,
			officer: heldBy,
			waiting,
			officers: officers.map(({ ref, name }) => ({ ref, name })),
			mine: mineOf(officers, staff.name),
			lines,
			next: found.length > PAGE ? found[PAGE - 1]!.caseRef : null
		};
		await audit(tx, lineOf(call, staff, { action: 'case-list' }));
		return list;
	});
}

/**
 * A provider gives a name and no officer reference. A list is no right: whoever is on duty may see every case of the council, so one equal name is
 * enough to offer "mine", and two are not.
 */
function mineOf(officers: readonly { ref: string; name: string }[], name: string | null): string | null {
	const plain = (text: string) => text.normalize('NFKC').trim().replace(/\s+/g, ' ').toLowerCase();
	const same = name === null ? [] : officers.filter((one) => plain(one.name) === plain(name));
	return same.length === 1 ? same[0]!.ref : null;
}

async function oneCase(tx: Tx, council: string, ref: string): Promise<CaseFile[]> {
	const file = await findCase(tx, council, ref);
	return file ? [file] : [];
}

async function lineFor(
	tx: Tx,
	{ scopeId, caseRef, onRoster }: CaseFile
): Promise<Omit<CaseLine, 'unanswered'>> {
	const today = londonDay(new Date().toISOString())!;
	const holder = await holderOn(tx, scopeId, today);
	const name: unknown = holder?.v?.name;
	return { ref: caseRef, officer: typeof name === 'string' ? name : null, onRoster };
}

/** One plain word of the address; anything else counts as not asked. PostgreSQL takes no text with a zero in it. */
function wordOf(call: Call, name: string): string {
	const word = (call.url.searchParams.get(name) ?? '').trim();
	return word.length <= LONGEST && /^\P{Cc}*$/u.test(word) ? word : '';
}
