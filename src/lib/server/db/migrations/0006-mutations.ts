/** What phones push (sync-and-security §2.2): each change once, by its own id, and in the order of its phone. */
export const sql = /* sql */ `
create table mutation (
	-- Two people never meet in one id: a copied id of somebody else's is another mutation, not an answer about theirs.
	account_id uuid not null references account (id),
	mid uuid not null,
	device_id uuid not null,
	seq bigint not null,
	scope_id text not null,
	args_hash text not null,
	ack jsonb not null,
	-- Which row it changed, to which version, and which of its fields: for the next change that meets it.
	ver bigint,
	row_t text,
	row_id text,
	fields jsonb not null default '[]',
	received_at timestamptz not null default now(),
	primary key (account_id, mid),
	unique (account_id, device_id, seq)
);
create index mutation_by_row on mutation (scope_id, row_t, row_id, ver);
`;
