/**
 * Only features of PostgreSQL 15 (PGlite is 18, Debian's is 15). Family data carries its scope id first in the key, so
 * that PostgreSQL can be sharded by family without a rewrite (blueprint §4). Civil dates are text `YYYY-MM-DD`: no driver
 * can move them by a time zone.
 */
export const sql = /* sql */ `
-- Which life of the database this is: a restore from backup starts a new epoch.
create table instance (
	one boolean primary key default true check (one),
	epoch uuid not null,
	created_at timestamptz not null default now(),
	real_import_at timestamptz,
	demo_laid_on text,
	-- Set while a restore runs: a database that was only half restored is not served.
	restoring_at timestamptz,
	-- Written at each start to see that a commit reaches the disk.
	probed_at timestamptz
);

create table council (
	code text primary key,
	name text not null,
	successor_of text references council (code),
	settings jsonb not null default '{}'
);

-- The unit of access and versioning. ver rises by one inside each writing transaction, under the row's lock.
create table scope (
	id text primary key,
	ver bigint not null default 0,
	min_ver bigint not null default 0
);

-- Everything that a phone can pull. A tombstone keeps id and version; its payload is erased at once.
create table scope_row (
	scope_id text not null references scope (id),
	t text not null,
	id text not null,
	ver bigint not null,
	deleted boolean not null default false,
	sv integer not null default 1,
	v jsonb,
	updated_at timestamptz not null default now(),
	primary key (scope_id, t, id)
);
-- Pull reads in this order and pages by it.
create index scope_row_by_version on scope_row (scope_id, ver, t, id);

-- The roster, server only. One case in one council; the phone sees what is copied into the shared scope.
create table case_file (
	scope_id text primary key references scope (id),
	id uuid not null unique,
	council text not null references council (code),
	case_ref text not null,
	upn_hmac text,
	-- False for a case opened by an event with an unknown case_ref: it has no name and gets no letter.
	on_roster boolean not null default false,
	-- Cease reason 8: never shown to anybody.
	suppressed boolean not null default false,
	born_on text,
	-- The last accepted roster row, so that a re-import can tell that nothing changed.
	roster jsonb,
	unique (council, case_ref)
);
create index case_file_by_upn on case_file (council, upn_hmac);

create table guardian (
	scope_id text not null references case_file (scope_id),
	guardian_ref text not null,
	name text not null,
	role text,
	-- Never enters a shared scope.
	address text,
	reading_language text,
	interpreter_language text,
	-- No longer on the roster: gets no new letter. Only a person ends a relationship.
	left_at timestamptz,
	primary key (scope_id, guardian_ref)
);

create table officer (
	council text not null references council (code),
	officer_ref text not null,
	v jsonb not null,
	primary key (council, officer_ref)
);

-- No reference to officer: a roster may name somebody whom the people file has not brought yet.
create table case_officer (
	scope_id text not null references case_file (scope_id),
	officer_ref text not null,
	from_on text not null,
	until_on text,
	primary key (scope_id, officer_ref, from_on)
);
create index case_officer_by_officer on case_officer (officer_ref);

-- SEN2 persons that no roster row has confirmed yet: unlinked and invisible.
create table sen2_waiting (
	council text not null references council (code),
	upn_hmac text not null,
	year integer not null,
	born_on text,
	suppressed boolean not null default false,
	events jsonb not null,
	sha256 text not null,
	primary key (council, upn_hmac, year)
);

create table import_run (
	id uuid primary key,
	council text not null,
	kind text not null,
	files jsonb not null,
	state text not null check (state in ('running', 'finished')),
	counts jsonb,
	demo boolean not null default false,
	started_at timestamptz not null default now(),
	finished_at timestamptz
);

create table account (
	id uuid primary key,
	created_at timestamptz not null default now()
);

-- Who may read which case, from when until when. Access is one function over these rows.
create table relationship (
	case_scope text not null references case_file (scope_id),
	account_id uuid not null references account (id),
	guardian_ref text not null,
	role text not null,
	from_at timestamptz not null default now(),
	until_at timestamptz,
	restrictions jsonb not null default '[]',
	primary key (case_scope, account_id)
);
create index relationship_by_account on relationship (account_id);

create table activation (
	code_hmac text primary key,
	scope_id text not null references case_file (scope_id),
	guardian_ref text not null,
	role text not null,
	made_at timestamptz not null default now(),
	expires_at timestamptz not null,
	tries integer not null default 0,
	used_at timestamptz,
	-- An answer lost on the way may be asked for again by the same phone for a few minutes.
	used_by_device uuid,
	used_by_account uuid references account (id),
	-- A newer letter to the same guardian ends the older one.
	replaced_at timestamptz
);
create index activation_by_guardian on activation (scope_id, guardian_ref);

create table device (
	account_id uuid not null references account (id),
	id uuid not null,
	name text not null,
	last_seq bigint not null default 0,
	last_seen timestamptz not null default now(),
	revoked_at timestamptz,
	primary key (account_id, id)
);

create table session (
	token_sha256 text primary key,
	-- The token before the last rotation, good until the new one has been seen: an answer can be lost on the way.
	previous_sha256 text,
	confirmed_at timestamptz,
	account_id uuid not null,
	device_id uuid not null,
	created_at timestamptz not null default now(),
	rotated_at timestamptz not null default now(),
	last_used timestamptz not null default now(),
	ended_at timestamptz,
	foreign key (account_id, device_id) references device (account_id, id)
);
create index session_by_previous on session (previous_sha256);
create index session_by_account on session (account_id);

-- Attempts at public doors, by keyed hash of the address; old rows are swept.
create table door_try (
	id uuid primary key,
	door text not null,
	address_hmac text not null,
	at timestamptz not null default now()
);
create index door_try_recent on door_try (door, address_hmac, at);
`;
