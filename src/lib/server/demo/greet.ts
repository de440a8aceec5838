import { councils } from '../cases/councils.ts';
import type { Config } from '../config.ts';
import type { Database } from '../db/open-database.ts';
import { readInstance } from '../instance.ts';
import { composeDemo } from './compose.ts';
import { type DemoCode, DemoRefused, demoCodes, layDemo, todayAt } from './lay.ts';
import { demoAtStart } from './when.ts';

/**
 * Lays the demo at a start where the rules ask for it, and gives new codes for the families that are there: a code cannot be
 * read back, so each start prints its own. Empty when this is not a demo. Throws DemoRefused when DEMO=1 meets real families.
 */
export async function demoForStart(
	database: Pick<Database, 'transact'>,
	config: Config,
	now = new Date()
): Promise<DemoCode[]> {
	const today = todayAt(now);
	const standing = await database.transact(async (tx) => ({
		...(await readInstance(tx)),
		empty: (await councils(tx)).length === 0
	}));
	const answer = demoAtStart(config, standing, today);
	if (answer === 'none') return [];
	if (answer === 'refuse')
		throw new DemoRefused(
			'DEMO=1 is set, but this database has taken a real import. Start without DEMO=1, or with an empty DATA_DIR.'
		);
	const laidOn = answer === 'keep' ? (standing.demoLaidOn ?? today) : today;
	const demo = answer === 'lay' ? await layDemo(database, { today, now }) : composeDemo(laidOn, now);
	return demoCodes(database, { demo, secret: config.secret, now });
}

/** Lines for the terminal: each family, each child, each guardian's code with the birthday it asks for. */
export function demoGreeting(codes: readonly DemoCode[]): string[] {
	if (codes.length === 0) return [];
	const lines = [
		'',
		'This is a demo: an invented council and five invented families. Open /app/start/letter and type a code.'
	];
	let persona = '';
	for (const one of codes) {
		if (one.persona !== persona) lines.push('', `  ${one.title}`);
		persona = one.persona;
		lines.push(`    ${one.code}   ${one.child}, born ${one.bornOn} (letter to ${one.guardian})`);
	}
	return [...lines, ''];
}
