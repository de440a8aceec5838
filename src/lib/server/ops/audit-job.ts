import { verifyAudit } from '../access/audit-chain.ts';
import { BadArguments } from './arguments.ts';
import type { JobContext } from './jobs.ts';

/** `db audit-head`: checks the whole chain and prints its end. Exit code 1 when a line does not follow. */
export async function auditHeadJob(words: string[], { database, io }: JobContext): Promise<number> {
	if (words.length > 0) throw new BadArguments('npm run db -- audit-head takes no more words.');
	const { lines, head, broken } = await verifyAudit((work) => database.transact(work, { readOnly: true }));
	if (broken) {
		io.err(
			`The audit was changed: line ${broken.n} of ${broken.day} does not follow from the line before it. Keep this database as it is and compare it with your kept heads.`
		);
		return 1;
	}
	io.out(
		head
			? `${lines} lines, each following from the one before. Head: ${head.day} ${head.n} ${head.hash}`
			: 'Nothing has been written yet.'
	);
	return 0;
}
