-- Accounts and meters that a resident without a login has typed in. No refresh can bring them again: they are the
-- resident's, as captures are, and are kept apart from what the utility tells.

CREATE TABLE own_account (
    id       TEXT    PRIMARY KEY,
    -- Digits alone.
    number   TEXT    NOT NULL UNIQUE,
    -- Where the flat is, or what the resident calls it; may be empty.
    address  TEXT    NOT NULL,
    added_at INTEGER NOT NULL,
    seal     INTEGER
) STRICT, WITHOUT ROWID;

CREATE TABLE own_meter (
    id              TEXT    PRIMARY KEY,
    account_id      TEXT    NOT NULL,
    serial          TEXT    NOT NULL,
    resource        TEXT    NOT NULL CHECK (resource IN ('cold_water', 'hot_water', 'sewage')),
    place           TEXT    NOT NULL,
    whole_digits    INTEGER NOT NULL CHECK (whole_digits BETWEEN 3 AND 9),
    fraction_digits INTEGER NOT NULL CHECK (fraction_digits BETWEEN 0 AND 4),
    verify_by       TEXT,
    seal            INTEGER
) STRICT, WITHOUT ROWID;

CREATE INDEX own_meter_of_account ON own_meter (account_id);

-- Taken without a login: it never leaves by the app, but by SMS, letter or telephone. Once the owner has signed in, a
-- reading that may still count is no longer apart.
ALTER TABLE outbox ADD COLUMN apart INTEGER NOT NULL DEFAULT 0 CHECK (apart IN (0, 1));
