import type { ColumnType, Generated } from 'kysely';
import type { Ack } from '#contract/sync/push.ts';
import type { HoldReason, Role, StaffRole } from '../access/roles.ts';

/** Read as a value, written as JSON text: pg would turn a bare array into a PostgreSQL array. */
export type Json<T> = ColumnType<T, string, string>;
type JsonMaybe<T> = ColumnType<T | null, string | null | undefined, string | null>;
type JsonDefault<T> = ColumnType<T, string | undefined, string>;
type Instant = ColumnType<Date, Date | undefined, Date>;
type Later = ColumnType<Date | null, Date | null | undefined, Date | null>;
type Maybe = ColumnType<string | null, string | null | undefined, string | null>;
type Off = Generated<boolean>;

/** The tables as migrations leave them. Civil dates are text `YYYY-MM-DD`, instants are Date, bigint is a safe number. */
export type Tables = {
	instance: {
		one: Off;
		epoch: string;
		created_at: Instant;
		real_import_at: Later;
		demo_laid_on: Maybe;
		restoring_at: Later;
		probed_at: Later;
	};
	council: {
		code: string;
		name: string;
		successor_of: Maybe;
		settings: JsonDefault<Record<string, unknown>>;
	};
	scope: { id: string; ver: Generated<number>; min_ver: Generated<number> };
	scope_row: {
		scope_id: string;
		t: string;
		id: string;
		ver: number;
		deleted: Off;
		sv: Generated<number>;
		v: JsonMaybe<unknown>;
		updated_at: Instant;
	};
	case_file: {
		scope_id: string;
		id: string;
		council: string;
		case_ref: string;
		upn_hmac: Maybe;
		on_roster: Off;
		suppressed: Off;
		born_on: Maybe;
		roster: JsonMaybe<unknown>;
		rights_moved_at: Later;
	};
	guardian: {
		scope_id: string;
		guardian_ref: string;
		name: string;
		role: Maybe;
		address: Maybe;
		reading_language: Maybe;
		interpreter_language: Maybe;
		left_at: Later;
		/** Since when the reference stands beside another name. */
		renamed_at: Later;
	};
	officer: { council: string; officer_ref: string; v: Json<Record<string, unknown>> };
	case_officer: { scope_id: string; officer_ref: string; from_on: string; until_on: Maybe };
	sen2_waiting: {
		council: string;
		upn_hmac: string;
		year: number;
		born_on: Maybe;
		suppressed: Off;
		events: Json<unknown[]>;
		sha256: string;
	};
	import_run: {
		id: string;
		council: string;
		kind: string;
		files: Json<{ name: string; sha256: string }[]>;
		state: 'running' | 'finished';
		counts: JsonMaybe<Record<string, number>>;
		demo: Off;
		started_at: Instant;
		finished_at: Later;
	};
	account: { id: string; created_at: Instant; passkey_handle: Maybe };
	relationship: {
		case_scope: string;
		account_id: string;
		guardian_ref: string;
		role: Role;
		authority_basis: Generated<'roster' | 'invitation' | 'court-order' | 'own-right'>;
		from_at: Instant;
		until_at: Later;
		restrictions: JsonDefault<string[]>;
	};
	activation: {
		code_hmac: string;
		scope_id: string;
		guardian_ref: string;
		role: string;
		made_at: Instant;
		expires_at: Date;
		tries: Generated<number>;
		used_at: Later;
		used_by_device: Maybe;
		used_by_account: Maybe;
		replaced_at: Later;
	};
	device: {
		account_id: string;
		id: string;
		name: string;
		last_seq: Generated<number>;
		last_seen: Instant;
		revoked_at: Later;
	};
	mutation: {
		account_id: string;
		mid: string;
		device_id: string;
		seq: number;
		scope_id: string;
		args_hash: string;
		ack: Json<Ack>;
		ver: ColumnType<number | null, number | null | undefined, number | null>;
		row_t: Maybe;
		row_id: Maybe;
		fields: JsonDefault<string[]>;
		received_at: Instant;
	};
	session: {
		token_sha256: string;
		previous_sha256: Maybe;
		confirmed_at: Later;
		account_id: string;
		device_id: string;
		created_at: Instant;
		rotated_at: Instant;
		last_used: Instant;
		ended_at: Later;
		proved_at: Later;
		proved_by: Maybe;
	};
	door_try: { id: string; door: string; address_hmac: string; at: Instant };
	audit_line: {
		day: string;
		n: number;
		at: Date;
		actor: Maybe;
		actor_role: string;
		action: string;
		scope: Maybe;
		object: Maybe;
		reason: Maybe;
		outcome: 'done' | 'refused';
		ip_trunc: Maybe;
		device: Maybe;
		prev_hash: string;
		hash: string;
	};
	passkey: {
		credential_id: string;
		account_id: string;
		device_id: string;
		public_key: string;
		counter: Generated<number>;
		transports: JsonDefault<string[]>;
		synced: Off;
		created_at: Instant;
		last_used: Later;
	};
	challenge: {
		challenge_sha256: string;
		use: 'create' | 'sign-in';
		browser_sha256: string;
		account_id: Maybe;
		expires_at: Date;
	};
	account_mail: { account_id: string; address_hmac: string; address_sealed: string; confirmed_at: Instant };
	mail_code: {
		browser_sha256: string;
		use: 'sign-in' | 'address';
		code_hmac: string;
		address_hmac: string;
		address_sealed: Maybe;
		account_id: Maybe;
		tries: Generated<number>;
		expires_at: Date;
	};
	device_secret: { account_id: string; device_id: string; sealed: string; made_at: Instant };
	server_key: {
		kid: string;
		public: string;
		private_sealed: Maybe;
		created_at: Instant;
		retired_at: Later;
	};
	quarantine: {
		id: string;
		account_id: string;
		device_id: string;
		envelope: Json<Record<string, unknown>>;
		received_at: Instant;
	};
	sign_in_flow: {
		flow_sha256: string;
		provider: string;
		purpose: 'sign-in' | 'link' | 'staff';
		account_id: Maybe;
		device_id: Maybe;
		device_name: Maybe;
		expires_at: Date;
	};
	identity: {
		identity_hmac: string;
		account_id: string;
		provider: string;
		linked_at: Instant;
		last_used: Later;
	};
	staff_person: { id: string; issuer: string; sub: string; first_seen: Instant; last_seen: Instant };
	staff_session: {
		token_sha256: string;
		person_id: string;
		name: Maybe;
		grants: Json<{ council: string; role: StaffRole }[]>;
		council: Maybe;
		created_at: Date;
		last_used: Date;
		ended_at: Later;
	};
	access_hold: {
		case_scope: string;
		id: string;
		account_id: string;
		reason: HoldReason;
		placed_at: Instant;
		placed_by: string;
		lifted_at: Later;
		lifted_by: Maybe;
	};
	access_grant: {
		case_scope: string;
		id: string;
		account_id: string;
		given_by: Maybe;
		from_at: Instant;
		withdrawn_at: Later;
	};
	blob: {
		account_id: string;
		id: string;
		scope_id: string;
		bytes: number;
		have: string;
		state: 'uploading' | 'words' | 'done' | 'refused';
		code: Maybe;
		kept_sha256: Maybe;
		kept_bytes: ColumnType<number | null, number | null | undefined, number | null>;
		named_sha256: Maybe;
		scanned: Off;
		made_at: Instant;
		changed_at: Instant;
	};
	capacity_record: {
		case_scope: string;
		id: string;
		says: 'has-capacity' | 'represented';
		recorded_by: string;
		recorded_at: Instant;
	};
};
