import { existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { makeActivation } from '../access/activation.ts';
import { audit } from '../access/audit.ts';
import { councils } from '../cases/councils.ts';
import { BadArguments, readArguments } from '../ops/arguments.ts';
import { lockScope } from '../cases/scope-writer.ts';
import type { Tx } from '../db/transaction.ts';
import type { JobContext } from '../ops/jobs.ts';
import { addressees, sender, type Addressee } from './addressees.ts';
import { letterPage } from './letter-page.ts';
import { settleReference } from './settle-reference.ts';

const WHOSE = ['same-person', 'another-person'] as const;

/**
 * `letters --council CODE [--case REF [--guardian REF [--is same-person|another-person]]] --out FOLDER`: a code and a printable
 * page for each guardian. A letter opens again what the council ended, so whoever is shut out gets one only when they are named;
 * and a reference that stands beside another name now only when somebody says whose it is.
 */
export async function lettersJob(words: string[], context: JobContext): Promise<number> {
	const { database, io, cwd } = context;
	const { options, rest } = readArguments(words, ['council', 'case', 'guardian', 'is', 'out']);
	const { is } = options;
	const odd = is !== undefined && (!options.guardian || !WHOSE.some((word) => word === is));
	if (rest.length > 0 || !options.out || (options.guardian && !options.case) || odd)
		throw new BadArguments(
			'Usage: npm run letters -- --council CODE [--case REF [--guardian REF [--is same-person|another-person]]] --out FOLDER'
		);
	const folder = emptyFolder(resolve(cwd, options.out));
	const now = new Date();
	const council = options.council ?? (await onlyCouncil(context));
	const caseRef = options.case;
	const { from, all } = await database.transact(async (tx) => ({
		from: await sender(tx, council),
		all: await addressees(tx, { council, now, ...(caseRef !== undefined && { caseRef }) })
	}));
	if (!from) throw new BadArguments(`There is no council ${council} here.`);
	const { guardian } = options;
	const named = all.filter((one) => (guardian ? one.guardianRef === guardian : !one.out));
	if (is !== undefined && named.some((one) => !one.renamed))
		throw new BadArguments(
			`Nobody signed in with the reference ${guardian} beside another name: leave --is out. No letter was made.`
		);
	const people = named.filter((one) => !one.renamed || is !== undefined);
	const waiting = named.filter((one) => !people.includes(one));
	sayWhoIsOut(guardian ? [] : all, io);
	sayWhoseName(waiting, io);
	const origin = originFor(context);
	// Which page goes to whom: references only, no names.
	const list = ['file,case_ref,guardian_ref'];
	let letters = 0;
	for (const to of people) {
		const made = await database.transact((tx) =>
			makeLetter(tx, { to, is, secret: context.config.secret, now })
		);
		if (!made) {
			io.err(
				`The roster changed for guardian ${to.guardianRef} of case ${to.caseRef} meanwhile: run this again.`
			);
			continue;
		}
		const file = `letter-${String(++letters).padStart(5, '0')}.html`;
		write(join(folder, file), letterPage({ to, from, ...made, madeAt: now, origin }));
		list.push([file, cell(to.caseRef), cell(to.guardianRef)].join(','));
	}
	write(join(folder, 'letters.csv'), `${list.join('\n')}\n`);
	io.out(`${letters} ${letters === 1 ? 'letter' : 'letters'} in ${folder}`);
	// Whoever gets none has been named, with the reason.
	const told = waiting.length > 0 || (!guardian && all.some((one) => one.out));
	if (letters < people.length || (letters === 0 && told)) return 1;
	return sayWhoIsMissing(people, { io, caseRef });
}

type Making = { to: Addressee; is: string | undefined; secret: string; now: Date };

/** One letter's code, under the case's lock; null where the roster names somebody else by then. */
async function makeLetter(
	tx: Tx,
	{ to, is, secret, now }: Making
): Promise<{ code: string; expiresAt: Date } | null> {
	const { scopeId, guardianRef, role } = to;
	await lockScope(tx, scopeId);
	const listed = await tx
		.selectFrom('guardian')
		.select(['name', 'left_at'])
		.where('scope_id', '=', scopeId)
		.where('guardian_ref', '=', guardianRef)
		.executeTakeFirst();
	if (listed?.name !== to.name || listed.left_at !== null) return null;
	const ended = to.renamed
		? await settleReference(tx, { scopeId, guardianRef, same: is === 'same-person', now })
		: [];
	const letter = await makeActivation(tx, { scopeId, guardianRef, role, secret, now });
	for (const object of ended)
		await audit(tx, { actor: 'system', action: 'access-end', scope: scopeId, object });
	await audit(tx, { actor: 'system', action: 'letters', scope: scopeId });
	return letter;
}

function sayWhoIsOut(all: Addressee[], io: JobContext['io']): void {
	for (const { caseRef, guardianRef } of all.filter((one) => one.out))
		io.err(
			`No letter for guardian ${guardianRef} of case ${caseRef}: the council ended their access or keeps them out, or decided so about somebody of the same name. ` +
				`If one is meant all the same, add --guardian ${guardianRef}`
		);
}

function sayWhoseName(unclear: Addressee[], io: JobContext['io']): void {
	for (const { caseRef, guardianRef } of unclear)
		io.err(
			`No letter for guardian ${guardianRef} of case ${caseRef}: somebody signed in with this reference when it stood beside ` +
				`another name. Add --guardian ${guardianRef} and --is same-person (a new name: the letter opens their account) or ` +
				`--is another-person (the letter opens a new account, and the earlier person's access ends)`
		);
}

function sayWhoIsMissing(
	people: Addressee[],
	{ io, caseRef }: { io: JobContext['io']; caseRef: string | undefined }
): number {
	const without = people.filter((one) => !one.address).length;
	if (without > 0) io.err(`${without} of them have no address on the roster.`);
	if (people.length > 0) return 0;
	io.err(
		caseRef === undefined
			? 'Every guardian on the roster has an account or a letter that still works. For a new letter name the case: --case REF'
			: `The case ${caseRef} gets no letter: it needs a roster row with a guardian and the child's date of birth.`
	);
	return 1;
}

function emptyFolder(folder: string): string {
	if (existsSync(folder) && readdirSync(folder).length > 0) {
		throw new BadArguments(
			`${folder} is not empty. Name a new folder, so that old codes and new ones do not lie together.`
		);
	}
	mkdirSync(folder, { recursive: true, mode: 0o700 });
	return folder;
}

async function onlyCouncil({ database }: JobContext): Promise<string> {
	const [only, another] = await database.transact((tx) => councils(tx));
	if (only && !another) return only.code;
	throw new BadArguments(
		only
			? 'There are several councils here: add --council CODE.'
			: 'There is no council here yet. Import a roster first.'
	);
}

function originFor({ config, io }: JobContext): string {
	if (config.publicOrigin) return config.publicOrigin;
	io.err(
		`PUBLIC_ORIGIN is not set: these letters point to http://localhost:${config.port}, which only works on this machine.`
	);
	return `http://localhost:${config.port}`;
}

const write = (path: string, text: string) => writeFileSync(path, text, { flag: 'wx', mode: 0o600 });
/** Quoted, and never a formula for the spreadsheet that opens it. */
const cell = (text: string) => `"${(/^[=+\-@\t]/.test(text) ? `'${text}` : text).replaceAll('"', '""')}"`;
