/**
 * Who looked, who was refused, and whose word opens a record: sync-and-security §5.3 and §5.5. A function body stands on
 * one line because a migration's statements end with a semicolon at the end of a line.
 */
export const sql = /* sql */ `
-- One line for each thing that somebody may later ask about. Ids and closed words only: no names, no free text. Each
-- day (UTC) is one chain that begins at the day before's end, so that a line that was changed, put in or taken out shows.
create table audit_line (
	day text not null,
	n integer not null,
	at timestamptz not null,
	actor uuid,
	actor_role text not null check (actor_role ~ '^[a-z][a-z-]{0,39}$'),
	action text not null check (action ~ '^[a-z][a-z-]{0,39}$'),
	scope text check (scope ~ '^[a-z]+:[0-9A-Za-z:-]{1,110}$'),
	object text check (object ~ '^[0-9a-f-]{8,64}$'),
	reason text check (reason ~ '^[a-z][a-z-]{0,39}$'),
	outcome text not null check (outcome in ('done', 'refused')),
	-- An IPv4 /24 or an IPv6 /48: enough to see a pattern, not enough to find a home.
	ip_trunc text,
	device uuid,
	prev_hash text not null,
	hash text not null,
	primary key (day, n)
);
create index audit_line_by_scope on audit_line (scope, at);
create index audit_line_by_actor on audit_line (actor, action, at);

-- For us too: a program that forgets itself is refused here. On PostgreSQL the role that the server runs as should have
-- INSERT and SELECT on this table and nothing else (docs/operating.md).
create function audit_line_stays() returns trigger language plpgsql as $$ begin raise exception 'audit_line is append-only' using errcode = '42501'; end $$;
create trigger audit_line_stays before update or delete on audit_line for each row execute function audit_line_stays();
create trigger audit_line_stays_whole before truncate on audit_line for each statement execute function audit_line_stays();

-- What a letter's word ("mother", "foster carer") means here: one of seven roles.
alter table relationship add column authority_basis text not null default 'roster' check (authority_basis in ('roster', 'invitation', 'court-order', 'own-right'));
update relationship set role = case when role ~* 'young' then 'young-person' when role ~* 'foster|kinship' or role ~* '^ *carer' then 'carer' else 'guardian' end;
update relationship set authority_basis = 'own-right' where role = 'young-person';
alter table relationship add constraint relationship_role check (role in ('guardian', 'carer', 'delegate-read', 'delegate-draft', 'young-person', 'professional', 'supporter'));
-- A supporter is asked in for a time.
alter table relationship add constraint relationship_supporter check (role <> 'supporter' or until_at is not null);

-- The council keeps somebody out, for a reason, until somebody lifts it. Nothing is deleted: it can be a mistake.
create table access_hold (
	case_scope text not null,
	id uuid not null,
	account_id uuid not null,
	reason text not null,
	placed_at timestamptz not null default now(),
	placed_by uuid not null,
	lifted_at timestamptz,
	lifted_by uuid,
	primary key (case_scope, id),
	foreign key (case_scope, account_id) references relationship (case_scope, account_id)
);
create unique index access_hold_running on access_hold (case_scope, account_id) where lifted_at is null;

-- From this moment the record is the young person's (rule YP-RIGHTS): others read it by a grant.
alter table case_file add column rights_moved_at timestamptz;
create index case_file_rights on case_file (born_on) where rights_moved_at is null;
create table access_grant (
	case_scope text not null,
	id uuid not null,
	account_id uuid not null,
	-- Null: carried over on the day the rights moved, so that nobody's phone fell silent overnight.
	given_by uuid,
	from_at timestamptz not null default now(),
	withdrawn_at timestamptz,
	primary key (case_scope, id),
	foreign key (case_scope, account_id) references relationship (case_scope, account_id)
);
create unique index access_grant_running on access_grant (case_scope, account_id) where withdrawn_at is null;

-- What a person recorded about capacity (Mental Capacity Act 2005); the newest counts. Nothing is ever inferred from silence.
create table capacity_record (
	case_scope text not null references case_file (scope_id),
	id uuid not null,
	says text not null check (says in ('has-capacity', 'represented')),
	recorded_by uuid not null,
	recorded_at timestamptz not null default now(),
	primary key (case_scope, id)
);
`;
