/** Sign-in by OpenID Connect: what is on its way, whose identity opens which account, and the council's own staff. */
export const sql = /* sql */ `
-- A sign-in that has left for the provider. Found by the hash of the browser's cookie, deleted when used, dead after ten minutes.
-- State, nonce and PKCE verifier are derived from that cookie: what is here opens nothing.
create table sign_in_flow (
	flow_sha256 text primary key,
	provider text not null,
	purpose text not null check (purpose in ('sign-in', 'link', 'staff')),
	-- Of the session that asked to add this way in, or whose data the phone says it holds: no reference, a phone may be wrong.
	account_id uuid,
	device_id uuid,
	device_name text,
	expires_at timestamptz not null
);

-- A family's way in: only the keyed hash of issuer and subject. Made from a signed-in session, never found by an e-mail address.
create table identity (
	identity_hmac text primary key,
	account_id uuid not null references account (id),
	provider text not null,
	linked_at timestamptz not null default now(),
	last_used timestamptz
);
create index identity_by_account on identity (account_id);

-- In clear: the audit names this id, and a council must be able to find which of its people it was.
create table staff_person (
	id uuid primary key,
	issuer text not null,
	sub text not null,
	first_seen timestamptz not null default now(),
	last_seen timestamptz not null default now(),
	unique (issuer, sub)
);

create table staff_session (
	token_sha256 text primary key,
	person_id uuid not null references staff_person (id),
	-- As the provider wrote it, for "signed in as"; gone with the session.
	name text,
	-- What the provider's groups allow: council and role. One of them is acted for.
	grants jsonb not null,
	council text,
	created_at timestamptz not null,
	last_used timestamptz not null,
	ended_at timestamptz
);
create index staff_session_by_person on staff_session (person_id);
`;
