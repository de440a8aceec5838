import { randomBytes } from 'node:crypto';
import {
	mkdirSync,
	openSync,
	readFileSync,
	writeSync,
	fsyncSync,
	closeSync,
	linkSync,
	unlinkSync
} from 'node:fs';
import { join, resolve } from 'node:path';
import * as z from 'zod';
import { readMail, type MailSettings } from './mail/settings.ts';
import { readOidc } from './oidc/settings.ts';
import type { Provider } from './oidc/provider.ts';
import { OperatorProblem } from './operator-problem.ts';

const flag = z
	.enum(['', '0', '1', 'true', 'false'])
	.default('')
	.transform((word) => word === '1' || word === 'true');

/** Every setting of the server, from the environment and nowhere else (docs/operating.md lists them for operators). */
const environment = z.object({
	PORT: z.coerce.number().int().min(0).max(65_535).default(3000),
	HOST: z.string().min(1).default('127.0.0.1'),
	DATA_DIR: z.string().min(1).default('data'),
	DATABASE_URL: z
		.string()
		.regex(/^postgres(ql)?:\/\//, 'must begin with postgres:// or postgresql://')
		.optional(),
	PUBLIC_ORIGIN: z
		.url()
		.refine(
			(text) => new URL(text).origin === text,
			'must be an origin such as https://alongside.example.gov.uk'
		)
		.optional(),
	TRUST_PROXY: flag,
	OFFLINE_DAYS: z.coerce
		.number('must be a whole number from 1 to 90')
		.int('must be a whole number from 1 to 90')
		.min(1, 'must be a whole number from 1 to 90')
		.max(90, 'must be a whole number from 1 to 90')
		.default(30),
	DEMO: flag,
	ALLOW_VOLATILE: flag,
	BLOB_DIR: z.string().min(1).optional(),
	SCAN_COMMAND: z.string().trim().min(1).optional(),
	SERVER_SECRET: z.string().min(32, 'must have at least 32 characters').optional()
});

export type Config = Readonly<{
	port: number;
	host: string;
	/** Absolute. Holds the embedded database, the lock, the secret, exports and older builds' files. */
	dataDir: string;
	databaseUrl?: string;
	publicOrigin?: string;
	trustProxy: boolean;
	/** Days that a locked phone may open council data without contact. */
	offlineDays: number;
	demo: boolean;
	/** Run although no fsync was seen at start: a power cut may then lose what was acknowledged. */
	allowVolatile: boolean;
	/** Absolute. Files that families sent, each sealed under a key of its own. Nodes of one PostgreSQL share it. */
	blobDir: string;
	/** Program and arguments that look at a file; the file's path comes last. Absent: files are kept unscanned. */
	scanCommand?: readonly string[];
	/** Keys every HMAC: codes, UPNs, addresses. At least 32 characters. */
	secret: string;
	/** Who may say who a person is: families' and the council's own sign-in. Empty unless set. */
	oidc: readonly Provider[];
	/** How mail leaves; absent: nothing that needs mail is offered. */
	mail?: MailSettings;
}>;

/** A setting that cannot be used. The message is plain enough to print as it is. */
export class ConfigProblem extends OperatorProblem {}

/** Reads the settings once. Throws ConfigProblem naming every setting that is wrong. */
export function readConfig(env: NodeJS.ProcessEnv = process.env): Config {
	// An empty variable is how compose files and shells write "not set".
	const given = Object.fromEntries(Object.entries(env).filter(([, value]) => value !== ''));
	const read = environment.safeParse(given);
	const oidc = readOidc(given);
	const { mail, problems } = readMail(given);
	const others = [...oidc.problems, ...problems];
	if (!read.success || others.length > 0) {
		const issues = read.error?.issues ?? [];
		const lines = [...issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`), ...others];
		throw new ConfigProblem(`These settings cannot be used:\n  ${lines.join('\n  ')}`);
	}
	const set = read.data;
	const dataDir = resolve(set.DATA_DIR);
	return {
		port: set.PORT,
		host: set.HOST,
		dataDir,
		...(set.DATABASE_URL && { databaseUrl: set.DATABASE_URL }),
		...(set.PUBLIC_ORIGIN && { publicOrigin: set.PUBLIC_ORIGIN }),
		trustProxy: set.TRUST_PROXY,
		offlineDays: set.OFFLINE_DAYS,
		demo: set.DEMO,
		allowVolatile: set.ALLOW_VOLATILE,
		blobDir: resolve(set.BLOB_DIR ?? join(dataDir, 'blobs')),
		...(set.SCAN_COMMAND && { scanCommand: set.SCAN_COMMAND.split(/\s+/) }),
		secret: set.SERVER_SECRET ?? secretFor(dataDir, set.DATABASE_URL),
		oidc: oidc.providers,
		...(mail && { mail })
	};
}

function secretFor(dataDir: string, databaseUrl: string | undefined): string {
	if (databaseUrl) {
		throw new ConfigProblem(
			'SERVER_SECRET is required with DATABASE_URL: every node must share one. Make it with: openssl rand -base64 48'
		);
	}
	mkdirSync(dataDir, { recursive: true, mode: 0o700 });
	const path = join(dataDir, 'secret');
	try {
		return readFileSync(path, 'utf8').trim();
	} catch (problem) {
		if ((problem as NodeJS.ErrnoException).code !== 'ENOENT') throw problem;
	}
	return makeSecret(path);
}

/** Written beside and linked into place, so that two starts at once agree on one secret and none reads half of it. */
function makeSecret(path: string): string {
	const draft = `${path}.${process.pid}`;
	const file = openSync(draft, 'wx', 0o600);
	writeSync(file, `${randomBytes(48).toString('base64url')}\n`);
	fsyncSync(file);
	closeSync(file);
	try {
		linkSync(draft, path);
	} catch (problem) {
		if ((problem as NodeJS.ErrnoException).code !== 'EEXIST') throw problem;
	} finally {
		unlinkSync(draft);
	}
	return readFileSync(path, 'utf8').trim();
}
