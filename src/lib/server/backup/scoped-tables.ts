import type { Tables } from '../db/tables.ts';

export type TableName = Exclude<
	keyof Tables,
	'instance' | 'door_try' | 'challenge' | 'mail_code' | 'sign_in_flow' | 'staff_session'
>;

/**
 * What a backup holds, parents before children, which is the order of a restore. `scope` is the column that ties a row to
 * its scope: those are written scope by scope, each scope whole in one short transaction. The others are paged by `key`,
 * after the scopes, so that whatever a scope's rows point at is there. `instance` starts anew at a restore, and `door_try`,
 * `challenge`, `mail_code` and `sign_in_flow` live minutes or an hour; a staff session ends within the day. A test compares this list with the database.
 * `only`: a file that is not settled yet is still on its phone, which sends it again. Kept ones are copied beside the tables (kept-files.ts).
 */
export const BACKUP_TABLES: readonly {
	name: TableName;
	scope?: string;
	only?: string;
	key: readonly string[];
}[] = [
	{ name: 'council', key: ['code'] },
	{ name: 'officer', key: ['council', 'officer_ref'] },
	{ name: 'account', key: ['id'] },
	{ name: 'device', key: ['account_id', 'id'] },
	{ name: 'mutation', key: ['account_id', 'mid'] },
	{ name: 'session', key: ['token_sha256'] },
	{ name: 'passkey', key: ['credential_id'] },
	{ name: 'account_mail', key: ['account_id'] },
	{ name: 'device_secret', key: ['account_id', 'device_id'] },
	{ name: 'server_key', key: ['kid'] },
	{ name: 'quarantine', key: ['id'] },
	{ name: 'identity', key: ['identity_hmac'] },
	{ name: 'staff_person', key: ['id'] },
	{ name: 'sen2_waiting', key: ['council', 'upn_hmac', 'year'] },
	{ name: 'import_run', key: ['id'] },
	{ name: 'scope', scope: 'id', key: ['id'] },
	{ name: 'scope_row', scope: 'scope_id', key: ['scope_id', 't', 'id'] },
	{ name: 'case_file', scope: 'scope_id', key: ['scope_id'] },
	{ name: 'guardian', scope: 'scope_id', key: ['scope_id', 'guardian_ref'] },
	{ name: 'case_officer', scope: 'scope_id', key: ['scope_id', 'officer_ref', 'from_on'] },
	{ name: 'relationship', scope: 'case_scope', key: ['case_scope', 'account_id'] },
	{ name: 'access_hold', scope: 'case_scope', key: ['case_scope', 'id'] },
	{ name: 'access_grant', scope: 'case_scope', key: ['case_scope', 'id'] },
	{ name: 'capacity_record', scope: 'case_scope', key: ['case_scope', 'id'] },
	{ name: 'activation', scope: 'scope_id', key: ['code_hmac'] },
	{ name: 'blob', key: ['account_id', 'id'], only: "state in ('done', 'refused')" },
	{ name: 'audit_line', key: ['day', 'n'] }
];
