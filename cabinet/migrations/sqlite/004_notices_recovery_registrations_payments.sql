-- What the utility tells everybody, where accounts lie and whom to send a new login, who wants an account, what is paid.

CREATE TABLE news (
    id           TEXT PRIMARY KEY,
    title        TEXT NOT NULL,
    text         TEXT NOT NULL,
    published_ms INTEGER NOT NULL,
    until_ms     INTEGER,                -- shown no longer from then on
    important    INTEGER NOT NULL CHECK (important IN (0, 1)),
    seq          INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX news_by_seq ON news (seq);

CREATE TABLE outages (
    id         TEXT PRIMARY KEY,
    resources  TEXT NOT NULL,            -- names, with commas between
    text       TEXT NOT NULL,
    planned    INTEGER NOT NULL CHECK (planned IN (0, 1)),
    starts_ms  INTEGER NOT NULL,
    ends_ms    INTEGER,                  -- NULL while nobody knows
    updated_ms INTEGER NOT NULL,
    seq        INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- Where an outage is: a district, a street, a house; '' stands for any. The keys are what is compared: without capitals,
-- idle spaces and dots.
CREATE TABLE outage_places (
    outage_id    TEXT NOT NULL REFERENCES outages (id) ON DELETE CASCADE,
    place        INTEGER NOT NULL,
    district     TEXT NOT NULL,
    street       TEXT NOT NULL,
    house        TEXT NOT NULL,
    district_key TEXT NOT NULL,
    street_key   TEXT NOT NULL,
    house_key    TEXT NOT NULL,
    PRIMARY KEY (outage_id, place),
    CHECK (district_key <> '' OR street_key <> ''),
    CHECK (house_key = '' OR street_key <> '')
) STRICT, WITHOUT ROWID;

-- Where an account is, in the same keys; '' where that is not known.
CREATE TABLE account_places (
    account_id   TEXT PRIMARY KEY REFERENCES accounts (id),
    district_key TEXT NOT NULL,
    street_key   TEXT NOT NULL,
    house_key    TEXT NOT NULL,
    seq          INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- Who gets a new login: a telephone as digits, an address in small letters.
CREATE TABLE resident_contacts (
    resident_id TEXT PRIMARY KEY REFERENCES residents (id),
    phone       TEXT NOT NULL,
    email       TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX resident_contacts_by_phone ON resident_contacts (phone, email);
CREATE INDEX sessions_by_resident ON sessions (resident_id);

-- How often a new login was asked for: by a source, or for a telephone and an address. Hashes, since nobody needs more.
CREATE TABLE recovery_attempts (
    asked_sha256 BLOB PRIMARY KEY,
    times        INTEGER NOT NULL,
    since_ms     INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- Applications for an account. No passport: that is shown in the office, on paper.
CREATE TABLE registrations (
    id             TEXT PRIMARY KEY,
    client_item_id TEXT NOT NULL UNIQUE,
    surname        TEXT NOT NULL,
    name           TEXT NOT NULL,
    patronymic     TEXT,
    address        TEXT NOT NULL,
    account_number TEXT,
    phone          TEXT NOT NULL,
    email          TEXT NOT NULL,
    written_ms     INTEGER NOT NULL,     -- by the phone's word
    received_ms    INTEGER NOT NULL,
    receipt        TEXT NOT NULL UNIQUE,
    status         TEXT NOT NULL CHECK (status IN ('received', 'answered', 'closed', 'declined')),
    answer         TEXT,
    answered_ms    INTEGER,
    CHECK ((status = 'received') = (answer IS NULL)),
    CHECK ((answer IS NULL) = (answered_ms IS NULL))
) STRICT, WITHOUT ROWID;
CREATE INDEX registrations_by_age ON registrations (received_ms);

CREATE TABLE payments (
    id             TEXT PRIMARY KEY,
    account_id     TEXT NOT NULL REFERENCES accounts (id),
    resident_id    TEXT NOT NULL REFERENCES residents (id),
    amount_kopecks INTEGER NOT NULL CHECK (amount_kopecks > 0),
    period         TEXT,                 -- the receipt that is paid, if it is one
    purpose        TEXT NOT NULL,
    status         TEXT NOT NULL CHECK (status IN ('pending', 'paid', 'failed', 'cancelled')),
    created_ms     INTEGER NOT NULL,
    expires_ms     INTEGER NOT NULL,     -- one still pending then is cancelled
    paid_ms        INTEGER,
    receipt        TEXT UNIQUE,
    seq            INTEGER NOT NULL,
    CHECK ((status = 'paid') = (paid_ms IS NOT NULL)),
    CHECK ((status = 'paid') = (receipt IS NOT NULL))
) STRICT, WITHOUT ROWID;
CREATE INDEX payments_by_account ON payments (account_id, seq);
CREATE INDEX payments_pending ON payments (expires_ms) WHERE status = 'pending';
