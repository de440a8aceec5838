import { sql as first } from './0001-first.ts';
import { sql as passkeys } from './0002-passkeys.ts';
import { sql as oidc } from './0003-oidc.ts';
import { sql as access } from './0004-access.ts';
import { sql as renamed } from './0005-renamed.ts';
import { sql as mutations } from './0006-mutations.ts';
import { sql as blobs } from './0007-blobs.ts';

/**
 * In order, for ever: a shipped migration is never changed (its checksum is kept in the database), only followed.
 * SQL lives in modules because the built server, a script and a test read it from three different places.
 */
export const MIGRATIONS: readonly { name: string; sql: string }[] = [
	{ name: '0001-first', sql: first },
	{ name: '0002-passkeys', sql: passkeys },
	{ name: '0003-oidc', sql: oidc },
	{ name: '0004-access', sql: access },
	{ name: '0005-renamed', sql: renamed },
	{ name: '0006-mutations', sql: mutations },
	{ name: '0007-blobs', sql: blobs }
];
