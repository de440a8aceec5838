/** Files that go with a family's words (sync-and-security §2.8). The bytes lie in BLOB_DIR; here stands only what has come. */
export const sql = /* sql */ `
create table blob (
	-- Two people never meet in one id: somebody else's is, for this person, one that is not there.
	account_id uuid not null,
	id uuid not null,
	scope_id text not null,
	-- Of the file before it was sealed.
	bytes integer not null check (bytes between 1 and 10485760),
	-- One character for each chunk, 1 or 0.
	have text not null check (have ~ '^[01]{1,40}$'),
	-- words: every chunk is here, and the file is not opened yet.
	state text not null check (state in ('uploading', 'words', 'done', 'refused')),
	code text,
	-- Of the kept file as it lies on the disk, and part of its name.
	kept_sha256 text,
	kept_bytes integer,
	-- SHA-256 over how the words that opened it name it: other words with the same id do not.
	named_sha256 text,
	scanned boolean not null default false,
	made_at timestamptz not null default now(),
	changed_at timestamptz not null default now(),
	primary key (account_id, id),
	check ((state = 'done') = (kept_sha256 is not null)),
	check ((state = 'refused') = (code is not null))
);
create index blob_open on blob (changed_at) where state in ('uploading', 'words');
`;
