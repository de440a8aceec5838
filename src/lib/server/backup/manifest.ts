import * as z from 'zod';

/** Rises when an older program could no longer read a backup. */
export const BACKUP_FORMAT = 1;

export const manifestShape = z.object({
	format: z.literal(BACKUP_FORMAT),
	exportedAt: z.string(),
	epoch: z.string(),
	engine: z.string(),
	/** Names of the migrations the rows have the shape of. */
	migrations: z.array(z.string()),
	/** Tells whether the same SERVER_SECRET is in use; says nothing about it. */
	secretMark: z.string(),
	tables: z.array(z.object({ name: z.string(), rows: z.number(), sha256: z.string() }))
});
export type Manifest = z.infer<typeof manifestShape>;
