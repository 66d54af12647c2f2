-- Instants are UTC milliseconds, periods and dates ISO text, volumes ten-thousandths of the meter's unit,
-- money kopecks. `seq` is the change sequence that the cursor of /v1/sync counts along.

CREATE TABLE facts (
    name  TEXT PRIMARY KEY,      -- 'database_id': tells the cursors of two databases apart
    value TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE sequences (
    name TEXT PRIMARY KEY CHECK (name IN ('change', 'receipt')),
    last INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
INSERT INTO sequences VALUES ('change', 0), ('receipt', 0);

CREATE TABLE residents (
    id       TEXT PRIMARY KEY,
    login    TEXT NOT NULL UNIQUE,
    password TEXT NOT NULL       -- PHC string: algorithm, cost, salt, hash
) STRICT, WITHOUT ROWID;

-- Keyed by a hash, since people type their password into the login field.
CREATE TABLE login_attempts (
    login_sha256 BLOB PRIMARY KEY,
    failures     INTEGER NOT NULL,
    since_ms     INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE sessions (
    id          TEXT PRIMARY KEY,
    resident_id TEXT NOT NULL REFERENCES residents (id),
    started_ms  INTEGER NOT NULL,
    ended_ms    INTEGER
) STRICT, WITHOUT ROWID;

CREATE TABLE refresh_tokens (
    sha256      BLOB PRIMARY KEY,
    session_id  TEXT NOT NULL REFERENCES sessions (id) ON DELETE CASCADE,
    predecessor BLOB,
    expires_ms  INTEGER NOT NULL,
    used        INTEGER NOT NULL DEFAULT 0 CHECK (used IN (0, 1)),      -- exchanged for its successor
    delivered   INTEGER NOT NULL DEFAULT 0 CHECK (delivered IN (0, 1)), -- it, or its access token, came back
    voided      INTEGER NOT NULL DEFAULT 0 CHECK (voided IN (0, 1))     -- replaced before it was ever used
) STRICT, WITHOUT ROWID;
CREATE INDEX refresh_tokens_by_predecessor ON refresh_tokens (predecessor);
CREATE INDEX refresh_tokens_by_session ON refresh_tokens (session_id);

CREATE TABLE access_tokens (
    sha256         BLOB PRIMARY KEY,
    refresh_sha256 BLOB NOT NULL REFERENCES refresh_tokens (sha256) ON DELETE CASCADE,
    expires_ms     INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX access_tokens_by_refresh ON access_tokens (refresh_sha256);

CREATE TABLE accounts (
    id               TEXT PRIMARY KEY,
    number           TEXT NOT NULL UNIQUE,
    address          TEXT NOT NULL,
    people           INTEGER NOT NULL CHECK (people >= 1),  -- registered in the flat: the norm is per head
    balance_kopecks  INTEGER NOT NULL,
    balance_period   TEXT,
    balance_as_of_ms INTEGER NOT NULL,
    seq              INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE resident_accounts (
    resident_id TEXT NOT NULL REFERENCES residents (id),
    account_id  TEXT NOT NULL REFERENCES accounts (id),
    PRIMARY KEY (resident_id, account_id)
) STRICT, WITHOUT ROWID;

CREATE TABLE meters (
    id              TEXT PRIMARY KEY,
    account_id      TEXT NOT NULL REFERENCES accounts (id),
    serial          TEXT NOT NULL,
    resource        TEXT NOT NULL CHECK (resource IN ('cold_water', 'hot_water')),
    place           TEXT NOT NULL,
    whole_digits    INTEGER NOT NULL CHECK (whole_digits BETWEEN 1 AND 9),
    fraction_digits INTEGER NOT NULL CHECK (fraction_digits BETWEEN 0 AND 4),
    version         INTEGER NOT NULL,
    verify_by       TEXT,
    archived        INTEGER NOT NULL CHECK (archived IN (0, 1)),
    replaced_by     TEXT REFERENCES meters (id),
    seq             INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX meters_by_account ON meters (account_id, seq);

CREATE TABLE readings (
    id             TEXT PRIMARY KEY,
    account_id     TEXT NOT NULL REFERENCES accounts (id),
    meter_id       TEXT NOT NULL REFERENCES meters (id),
    period         TEXT NOT NULL,           -- the month that it counts for
    meant_period   TEXT NOT NULL,           -- the month that the resident named
    value          INTEGER NOT NULL CHECK (value >= 0),
    entered        TEXT,                    -- as typed, evidence
    rollover       INTEGER NOT NULL CHECK (rollover IN (0, 1)),  -- the dial passed its end before this value
    taken_ms       INTEGER,
    received_ms    INTEGER NOT NULL,
    source         TEXT NOT NULL CHECK (source IN
        ('app', 'sms', 'email', 'phone', 'office', 'inspector', 'estimated', 'norm', 'import')),
    status         TEXT NOT NULL CHECK (status IN
        ('received', 'processing', 'accounted', 'declined', 'superseded', 'withdrawn')),
    receipt        TEXT UNIQUE,
    client_item_id TEXT,
    supersedes     TEXT REFERENCES readings (id),
    seq            INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX readings_by_account ON readings (account_id, seq);
CREATE UNIQUE INDEX one_live_reading_a_period ON readings (meter_id, period)
    WHERE status IN ('received', 'processing', 'accounted');
CREATE UNIQUE INDEX one_reading_an_item ON readings (meter_id, meant_period, client_item_id)
    WHERE client_item_id IS NOT NULL;

CREATE TABLE idempotency_keys (
    account_id  TEXT NOT NULL REFERENCES accounts (id),
    key         TEXT NOT NULL,
    item_sha256 BLOB NOT NULL,
    answer      TEXT,                       -- JSON; NULL while the verdict may still change by itself
    seen_ms     INTEGER NOT NULL,
    PRIMARY KEY (account_id, key)
) STRICT, WITHOUT ROWID;
CREATE INDEX idempotency_keys_by_age ON idempotency_keys (seen_ms);

CREATE TABLE billing_runs (
    period        TEXT PRIMARY KEY,
    run_ms        INTEGER NOT NULL,
    accounts      INTEGER NOT NULL,
    total_kopecks INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE charges (
    account_id    TEXT NOT NULL REFERENCES accounts (id),
    period        TEXT NOT NULL,
    total_kopecks INTEGER NOT NULL,
    due_kopecks   INTEGER NOT NULL,
    pay_by        TEXT NOT NULL,
    seq           INTEGER NOT NULL,
    PRIMARY KEY (account_id, period)
) STRICT, WITHOUT ROWID;
CREATE INDEX charges_by_seq ON charges (account_id, seq);

CREATE TABLE charge_lines (
    account_id     TEXT NOT NULL,
    period         TEXT NOT NULL,
    line           INTEGER NOT NULL,
    resource       TEXT NOT NULL CHECK (resource IN ('cold_water', 'hot_water', 'sewage')),
    meter_id       TEXT REFERENCES meters (id),
    reading_id     TEXT REFERENCES readings (id),
    basis          TEXT NOT NULL CHECK (basis IN ('meter', 'average', 'norm')),
    from_value     INTEGER,
    to_value       INTEGER,
    volume         INTEGER NOT NULL,
    tariff_kopecks INTEGER NOT NULL,
    amount_kopecks INTEGER NOT NULL,
    PRIMARY KEY (account_id, period, line),
    FOREIGN KEY (account_id, period) REFERENCES charges (account_id, period)
) STRICT, WITHOUT ROWID;
