-- The first schema. Released steps are never edited; a change is a new step.
-- Instants are UTC milliseconds, volumes ten-thousandths of the meter's unit, money kopecks,
-- periods 'YYYY-MM'. `capture` and `outbox` hold what the resident did: no step may drop a row of them.

CREATE TABLE login (
    id            TEXT    PRIMARY KEY,
    login         TEXT    NOT NULL UNIQUE,
    -- «Запомнить меня»: the refresh token may be kept in the phone's secret store.
    remember      INTEGER NOT NULL CHECK (remember IN (0, 1)),
    -- The utility no longer takes our tokens; the queue waits for the password.
    needs_sign_in INTEGER NOT NULL DEFAULT 0 CHECK (needs_sign_in IN (0, 1)),
    -- Opaque; NULL asks for everything.
    cursor        TEXT,
    refreshed_at  INTEGER
) STRICT, WITHOUT ROWID;

CREATE TABLE account (
    id              TEXT    PRIMARY KEY,
    login_id        TEXT    NOT NULL REFERENCES login (id),
    number          TEXT    NOT NULL,
    address         TEXT    NOT NULL,
    balance_kopecks INTEGER NOT NULL,
    balance_period  TEXT    CHECK (length(balance_period) = 7),
    balance_as_of   INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE meter (
    id              TEXT    PRIMARY KEY,
    account_id      TEXT    NOT NULL REFERENCES account (id),
    serial          TEXT    NOT NULL,
    resource        TEXT    NOT NULL CHECK (resource IN ('cold_water', 'hot_water', 'sewage')),
    place           TEXT    NOT NULL,
    whole_digits    INTEGER NOT NULL CHECK (whole_digits BETWEEN 3 AND 9),
    fraction_digits INTEGER NOT NULL CHECK (fraction_digits BETWEEN 0 AND 4),
    version         INTEGER NOT NULL,
    verify_by       TEXT,
    archived        INTEGER NOT NULL CHECK (archived IN (0, 1))
) STRICT, WITHOUT ROWID;

CREATE INDEX meter_of_account ON meter (account_id);

-- What the utility holds, from every source: a copy that a refresh can bring again.
CREATE TABLE reading (
    id          TEXT    PRIMARY KEY,
    meter_id    TEXT    NOT NULL,
    period      TEXT    NOT NULL CHECK (length(period) = 7),
    value       INTEGER NOT NULL,
    taken_at    INTEGER,
    received_at INTEGER NOT NULL,
    source      TEXT    NOT NULL,
    status      TEXT    NOT NULL,
    receipt     TEXT,
    item_id     TEXT
) STRICT, WITHOUT ROWID;

CREATE INDEX reading_of_meter ON reading (meter_id, period);

-- The charges as the utility gave them; `lines` is its JSON.
CREATE TABLE charge (
    account_id    TEXT    NOT NULL,
    period        TEXT    NOT NULL CHECK (length(period) = 7),
    total_kopecks INTEGER NOT NULL,
    due_kopecks   INTEGER NOT NULL,
    pay_by        TEXT,
    lines         TEXT    NOT NULL CHECK (json_valid(lines)),
    PRIMARY KEY (account_id, period)
) STRICT, WITHOUT ROWID;

-- What was taken from the dial, as evidence: written once, never changed.
-- No reference to `meter`: a reading outlives the record of its meter.
CREATE TABLE capture (
    item_id       TEXT    PRIMARY KEY,
    account_id    TEXT    NOT NULL,
    meter_id      TEXT    NOT NULL,
    meter_version INTEGER NOT NULL,
    -- The meter and the flat as the resident saw them: a proof must not change with a later record.
    serial        TEXT    NOT NULL,
    resource      TEXT    NOT NULL CHECK (resource IN ('cold_water', 'hot_water', 'sewage')),
    place         TEXT    NOT NULL,
    account       TEXT    NOT NULL,
    address       TEXT    NOT NULL,
    period        TEXT    NOT NULL CHECK (length(period) = 7),
    value         INTEGER NOT NULL CHECK (value >= 0),
    entered       TEXT    NOT NULL,
    -- By the phone's clock, corrected by `skew` (server − phone, milliseconds, NULL when never measured).
    taken_at      INTEGER NOT NULL,
    skew          INTEGER,
    -- Milliseconds since the phone's start: orders captures whatever happens to the clock.
    monotonic     INTEGER NOT NULL,
    -- JSON list of the doubts that the resident answered "it is so".
    confirmed     TEXT    NOT NULL CHECK (json_valid(confirmed)),
    -- The item that this one corrects.
    supersedes    TEXT
) STRICT, WITHOUT ROWID;

-- How far each captured reading has come.
CREATE TABLE outbox (
    item_id          TEXT    PRIMARY KEY REFERENCES capture (item_id),
    account_id       TEXT    NOT NULL,
    meter_id         TEXT    NOT NULL,
    period           TEXT    NOT NULL,
    idempotency_key  TEXT    NOT NULL,
    -- 'sending' outlives its request only when the answer was lost: then it is in doubt.
    state            TEXT    NOT NULL CHECK (state IN
        ('queued', 'sending', 'received', 'accounted', 'needs_answer', 'rejected', 'superseded')),
    -- JSON as it went out, frozen at the first attempt.
    payload          TEXT,
    attempts         INTEGER NOT NULL DEFAULT 0 CHECK (attempts >= 0),
    -- No attempt before this instant.
    not_before       INTEGER NOT NULL DEFAULT 0,
    -- Why it is where it is: what kept the last attempt, or the utility's code with its parameters.
    reason           TEXT,
    params           TEXT    CHECK (params IS NULL OR json_valid(params)),
    sent_at          INTEGER,
    received_at      INTEGER,
    -- When the reading was seen in the utility's own list: only then is it «принято».
    read_back_at     INTEGER,
    accounted_at     INTEGER,
    reading_id       TEXT,
    receipt          TEXT,
    effective_period TEXT,
    -- Handed over besides, by the resident's own word.
    channel          TEXT    CHECK (channel IN ('sms', 'email', 'phone')),
    channel_at       INTEGER
) STRICT, WITHOUT ROWID;

-- One reading a meter and period waits; 'sending' may have a correction waiting behind it.
CREATE UNIQUE INDEX outbox_one_waiting ON outbox (meter_id, period)
    WHERE state IN ('queued', 'needs_answer', 'rejected');

CREATE INDEX outbox_due ON outbox (not_before) WHERE state IN ('queued', 'sending');

-- Reminders that the resident has been shown.
CREATE TABLE reminder (
    id       TEXT    PRIMARY KEY,
    shown_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- Single values: 'skew' (server − phone, milliseconds).
CREATE TABLE note (
    name  TEXT    PRIMARY KEY,
    value INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
