-- Only features of PostgreSQL 15 (PGlite is 18, Debian's is 15). Family data carries its scope id first in the key, so that
-- PostgreSQL can be sharded by family without a rewrite (blueprint §4). Civil dates are text YYYY-MM-DD or date with a parser.

-- Which life of the database this is: a restore from backup starts a new epoch.
create table instance (
	one boolean primary key default true check (one),
	epoch uuid not null,
	created_at timestamptz not null default now(),
	-- A database that has taken a real import refuses the demo (blueprint §6).
	real_import_at timestamptz,
	demo_laid_on date
);

create table council (
	code text primary key,               -- GSS code
	name text not null,
	successor_of text references council (code),
	settings jsonb not null default '{}' -- promises and numbers, each with its source and date
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
create index scope_row_by_version on scope_row (scope_id, ver, id);

-- The roster, server only. One case in one council; the phone sees what is copied into the shared scope.
create table case_file (
	scope_id text primary key references scope (id),   -- case:{id}:shared
	id uuid not null unique,
	council text not null references council (code),
	case_ref text not null,
	upn_hmac text,                                      -- HMAC-SHA-256 under SERVER_SECRET, never the UPN
	-- False for a case opened by an event with an unknown case_ref: it has no name and gets no letter.
	on_roster boolean not null default false,
	suppressed boolean not null default false,          -- cease reason 8: never shown
	born_on text,
	roster jsonb,                                       -- the last accepted roster row, for an idempotent re-import
	unique (council, case_ref)
);
create index case_file_by_upn on case_file (council, upn_hmac);

create table guardian (
	scope_id text not null references case_file (scope_id),
	guardian_ref text not null,
	name text not null,
	role text,
	address text,                                       -- never enters a shared scope
	reading_language text,
	interpreter_language text,
	primary key (scope_id, guardian_ref)
);

create table officer (
	council text not null references council (code),
	officer_ref text not null,
	v jsonb not null,                                   -- contract/rows personShape
	primary key (council, officer_ref)
);

create table case_officer (
	scope_id text not null references case_file (scope_id),
	officer_ref text not null,
	from_on text not null,
	until_on text,
	primary key (scope_id, officer_ref, from_on)
);

-- SEN2 persons that no roster row has confirmed yet: unlinked and invisible.
create table sen2_waiting (
	council text not null references council (code),
	upn_hmac text not null,
	year integer not null,
	born_on text,
	events jsonb not null,
	sha256 text not null,
	primary key (council, upn_hmac, year)
);

create table import_run (
	id uuid primary key,
	council text not null,
	kind text not null,
	files jsonb not null,                               -- [{ name, sha256 }]
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

-- Who may read which case, from when until when. Issue 3 adds restrictions; access is one function over these rows.
create table relationship (
	account_id uuid not null references account (id),
	case_scope text not null references case_file (scope_id),
	guardian_ref text not null,
	role text not null,
	from_at timestamptz not null default now(),
	until_at timestamptz,
	primary key (account_id, case_scope)
);

create table activation (
	code_hmac text primary key,
	scope_id text not null references case_file (scope_id),
	guardian_ref text not null,
	role text not null,
	made_at timestamptz not null default now(),
	expires_at timestamptz not null,
	tries integer not null default 0,
	used_at timestamptz,
	-- A newer letter to the same guardian ends the older one.
	replaced_at timestamptz
);
create index activation_by_guardian on activation (scope_id, guardian_ref);

create table device (
	id uuid primary key,
	account_id uuid not null references account (id),
	name text not null,
	last_seq bigint not null default 0,
	last_seen timestamptz not null default now(),
	revoked_at timestamptz
);

create table session (
	token_sha256 text primary key,
	account_id uuid not null references account (id),
	device_id uuid not null references device (id),
	created_at timestamptz not null default now(),
	rotated_at timestamptz not null default now(),
	last_used timestamptz not null default now(),
	ended_at timestamptz
);

-- Attempts at public doors, by keyed hash of the address; old rows are swept.
create table door_try (
	door text not null,
	address_hmac text not null,
	at timestamptz not null default now()
);
create index door_try_recent on door_try (door, address_hmac, at);
