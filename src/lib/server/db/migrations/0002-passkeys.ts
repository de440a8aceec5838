/** Passkeys, codes by mail, step-up, what the server keeps sealed for a phone, and what a revoked phone handed over. */
export const sql = /* sql */ `
-- What an authenticator keeps to say whose passkey it is. Random: the account's id is on the wire and must open nothing.
alter table account add column passkey_handle text unique;

-- When and how the person last proved who they are. Null in sessions from before: when they began, by letter.
alter table session add column proved_at timestamptz;
alter table session add column proved_by text;

create table passkey (
	-- base64url, as the authenticator chose it.
	credential_id text primary key,
	account_id uuid not null references account (id),
	-- The phone it was made on: when that is revoked, so is what was made on it.
	device_id uuid not null,
	-- COSE key, base64url.
	public_key text not null,
	counter bigint not null default 0,
	transports jsonb not null default '[]',
	-- Copied by the platform to the person's other phones.
	synced boolean not null default false,
	created_at timestamptz not null default now(),
	last_used timestamptz
);
create index passkey_by_account on passkey (account_id);

-- One ceremony each: deleted when used, dead after five minutes, worth nothing in another browser.
create table challenge (
	challenge_sha256 text primary key,
	use text not null check (use in ('create', 'sign-in')),
	browser_sha256 text not null,
	account_id uuid,
	expires_at timestamptz not null
);

-- An address the person proved to read. Sealed; found again by its keyed hash.
create table account_mail (
	account_id uuid primary key references account (id),
	address_hmac text not null unique,
	address_sealed text not null,
	confirmed_at timestamptz not null default now()
);

-- A code that was mailed, or that looks as if: an address nobody has leaves the same row behind.
create table mail_code (
	browser_sha256 text primary key,
	use text not null check (use in ('sign-in', 'address')),
	code_hmac text not null,
	address_hmac text not null,
	-- Only of an address that waits to be confirmed.
	address_sealed text,
	account_id uuid,
	tries integer not null default 0,
	expires_at timestamptz not null
);

-- A 256-bit secret that only we keep, so that a forgotten PIN costs a sign-in and not the data.
create table device_secret (
	account_id uuid not null,
	device_id uuid not null,
	sealed text not null,
	made_at timestamptz not null default now(),
	primary key (account_id, device_id),
	foreign key (account_id, device_id) references device (account_id, id)
);

-- Phones seal what waits to be sent to the newest of these, so that it can be handed over while the phone is locked.
create table server_key (
	kid uuid primary key,
	-- SPKI, base64.
	public text not null,
	-- Wrapped by SERVER_SECRET; gone 400 days after retirement.
	private_sealed text,
	created_at timestamptz not null default now(),
	retired_at timestamptz
);

-- What a revoked phone had not sent yet: sealed, unread, until a person decides.
create table quarantine (
	id uuid primary key,
	account_id uuid not null,
	device_id uuid not null,
	envelope jsonb not null,
	received_at timestamptz not null default now(),
	foreign key (account_id, device_id) references device (account_id, id)
);
create index quarantine_by_device on quarantine (account_id, device_id);
`;
