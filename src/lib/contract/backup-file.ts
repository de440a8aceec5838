import * as z from 'zod/mini';

/**
 * A family's own rows as a file, sealed (AES-256-GCM) by a passphrase (Argon2id, whose effort and salt stand beside it) or by the
 * recovery code (HKDF). Bytes are base64url. `sum`: SHA-256 of `ct`, so that a file cut short is told from a wrong passphrase.
 */
export const BACKUP_VERSION = 1;
const bytes = z.string().check(z.regex(/^[\w-]*$/));

export const backupFile = z.looseObject({
	format: z.literal('alongside-backup'),
	version: z.number(),
	/** ISO instant. */
	madeAt: z.string(),
	by: z.enum(['passphrase', 'recovery']),
	argon: z.optional(z.object({ memory: z.number(), passes: z.number(), salt: bytes })),
	iv: bytes,
	ct: bytes,
	sum: bytes
});

const rows = z.array(
	z.object({
		scope: z.string(),
		t: z.string(),
		id: z.string(),
		ver: z.number().check(z.int(), z.nonnegative()),
		sv: z.number(),
		v: z.unknown()
	})
);

/**
 * A photo, a voice or a drawing of somebody's words; the row (t = 'file') or the item that names it has the rest. `filesLeftOut`: how many did
 * not fit, or did not open any more.
 */
const copiedFile = z.object({ id: z.string(), type: z.string(), data: bytes });
export type CopiedFile = z.infer<typeof copiedFile>;
/** Files from before there were any have none. */
const filesInside = { files: z.optional(z.array(copiedFile)), filesLeftOut: z.optional(z.number()) };

/** What is sealed inside. `profile`: whose scopes these are; another phone puts its own profile in its place. */
export const backupContent = z.looseObject({ profile: z.string(), rows, ...filesInside });

/**
 * The plain copy a person may keep: everything on the phone, the council's rows too, for anybody to read. `unreadable` counts rows
 * that are on the phone and do not open; `profile` is null when nothing was ever written.
 */
export const COPY_VERSION = 1;
export const copyFile = z.looseObject({
	format: z.literal('alongside-copy'),
	version: z.number(),
	/** ISO instant. */
	madeAt: z.string(),
	profile: z.nullable(z.string()),
	rows,
	/** What was on its way to the server, oldest first, with what became of it. Files from before it have none. */
	outbox: z.optional(
		z.array(z.looseObject({ mid: z.string(), name: z.string(), at: z.string(), args: z.unknown() }))
	),
	unreadable: z.number(),
	...filesInside
});

export type BackupFile = z.infer<typeof backupFile>;
export type BackupContent = z.infer<typeof backupContent>;
export type CopyFile = z.infer<typeof copyFile>;
