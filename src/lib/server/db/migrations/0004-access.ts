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
`;
