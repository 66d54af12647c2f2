-- Everything that a resident can send, one uploader at a time, and a seal on every row.

-- When a reading was taken by the phone's own clock, whatever was thought of that clock; and in which start of the phone.
ALTER TABLE capture ADD COLUMN phone_at INTEGER NOT NULL DEFAULT 0;
ALTER TABLE capture ADD COLUMN boot INTEGER;
UPDATE capture SET phone_at = taken_at - coalesce(skew, 0);

-- What is sent besides readings, as the resident asked for it: written once, never changed.
CREATE TABLE errand (
    item_id    TEXT    PRIMARY KEY,
    kind       TEXT    NOT NULL CHECK (kind IN ('withdrawal', 'service_request', 'question', 'appeal')),
    -- Only an appeal can be without one.
    account_id TEXT    CHECK (account_id IS NOT NULL OR kind = 'appeal'),
    -- The item that a withdrawal takes back.
    target     TEXT    CHECK ((target IS NOT NULL) = (kind = 'withdrawal')),
    -- JSON of what a letter says.
    letter     TEXT    CHECK ((letter IS NOT NULL) = (kind <> 'withdrawal') AND (letter IS NULL OR json_valid(letter))),
    written_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE INDEX errand_of_target ON errand (target) WHERE target IS NOT NULL;

-- The outbox of every kind. SQLite can't change a CHECK in place, so its rows move over, every one of them.
CREATE TABLE outbox_of_all (
    item_id          TEXT    PRIMARY KEY,
    kind             TEXT    NOT NULL CHECK (kind IN ('reading', 'withdrawal', 'service_request', 'question', 'appeal')),
    account_id       TEXT    CHECK (account_id IS NOT NULL OR kind = 'appeal'),
    -- A reading's alone.
    meter_id         TEXT    CHECK ((meter_id IS NOT NULL) = (kind = 'reading')),
    period           TEXT    CHECK ((period IS NOT NULL) = (kind = 'reading') AND length(period) = 7),
    idempotency_key  TEXT    NOT NULL,
    -- 'sending' outlives its request only when the answer was lost: then it is in doubt.
    state            TEXT    NOT NULL CHECK (state IN
        ('queued', 'sending', 'received', 'accounted', 'needs_answer', 'rejected', 'superseded', 'withdrawn')),
    -- JSON as it went out, frozen at the first attempt.
    payload          TEXT,
    attempts         INTEGER NOT NULL DEFAULT 0 CHECK (attempts >= 0),
    -- No attempt before this instant, counted from `waits_since`: a clock that goes back behind that ends the wait.
    not_before       INTEGER NOT NULL DEFAULT 0,
    waits_since      INTEGER NOT NULL DEFAULT 0,
    -- Why it is where it is: what kept the last attempt, or the utility's code with its parameters.
    reason           TEXT,
    params           TEXT    CHECK (params IS NULL OR json_valid(params)),
    sent_at          INTEGER,
    received_at      INTEGER,
    -- When it was seen in the utility's own list: only then is it «принято».
    read_back_at     INTEGER,
    accounted_at     INTEGER,
    -- The utility's id of the reading or letter.
    reading_id       TEXT,
    receipt          TEXT,
    effective_period TEXT,
    -- Handed over besides, by the resident's own word: the way, the time, the text.
    channel          TEXT    CHECK (channel IN ('sms', 'email', 'phone')),
    channel_at       INTEGER,
    channel_text     TEXT,
    -- When it was taken, once the utility's clock showed that the phone's was wrong.
    redated_at       INTEGER
) STRICT, WITHOUT ROWID;

INSERT INTO outbox_of_all (item_id, kind, account_id, meter_id, period, idempotency_key, state, payload, attempts, not_before,
    reason, params, sent_at, received_at, read_back_at, accounted_at, reading_id, receipt, effective_period, channel, channel_at)
SELECT item_id, 'reading', account_id, meter_id, period, idempotency_key, state, payload, attempts, not_before,
    reason, params, sent_at, received_at, read_back_at, accounted_at, reading_id, receipt, effective_period, channel, channel_at
FROM outbox;
DROP TABLE outbox;
ALTER TABLE outbox_of_all RENAME TO outbox;

-- One reading a meter and period waits; 'sending' may have a correction waiting behind it.
CREATE UNIQUE INDEX outbox_one_waiting ON outbox (meter_id, period)
    WHERE kind = 'reading' AND state IN ('queued', 'needs_answer', 'rejected');

CREATE INDEX outbox_due ON outbox (not_before) WHERE state IN ('queued', 'sending');

-- Who is at work. A holder that died is waited for no longer than until the end of its lease, by either clock.
CREATE TABLE lease (
    name            TEXT    PRIMARY KEY,
    holder          TEXT    NOT NULL,
    boot            INTEGER NOT NULL,
    since           INTEGER NOT NULL,
    since_monotonic INTEGER NOT NULL,
    milliseconds    INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- The instant at which the utility's clock was last seen is kept with the phone's start and its monotonic clock.
CREATE TABLE clock (
    id        INTEGER PRIMARY KEY CHECK (id = 1),
    server_at INTEGER NOT NULL,
    phone_at  INTEGER NOT NULL,
    monotonic INTEGER NOT NULL,
    boot      INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- When the request left that brought a reading, by the phone's word: the proof rests on what the utility has noted.
ALTER TABLE reading ADD COLUMN sent_at INTEGER;

-- A page of the utility's changes may bring a meter before its account: the table is made anew without the reference,
-- which would refuse the page, and every later one with it.
CREATE TABLE meter_of_any_account (
    id              TEXT    PRIMARY KEY,
    account_id      TEXT    NOT NULL,
    serial          TEXT    NOT NULL,
    resource        TEXT    NOT NULL CHECK (resource IN ('cold_water', 'hot_water', 'sewage')),
    place           TEXT    NOT NULL,
    whole_digits    INTEGER NOT NULL CHECK (whole_digits BETWEEN 3 AND 9),
    fraction_digits INTEGER NOT NULL CHECK (fraction_digits BETWEEN 0 AND 4),
    version         INTEGER NOT NULL,
    verify_by       TEXT,
    archived        INTEGER NOT NULL CHECK (archived IN (0, 1)),
    zone            TEXT,
    use_limit       INTEGER,
    replaces        TEXT
) STRICT, WITHOUT ROWID;
INSERT INTO meter_of_any_account SELECT id, account_id, serial, resource, place, whole_digits, fraction_digits, version,
    verify_by, archived, zone, use_limit, replaces FROM meter;
DROP TABLE meter;
ALTER TABLE meter_of_any_account RENAME TO meter;
CREATE INDEX meter_of_account ON meter (account_id);

-- A hash over the row, kept by triggers that the code makes: a flipped bit is damage, never a value that is shown.
ALTER TABLE login ADD COLUMN seal INTEGER;
ALTER TABLE account ADD COLUMN seal INTEGER;
ALTER TABLE meter ADD COLUMN seal INTEGER;
ALTER TABLE reading ADD COLUMN seal INTEGER;
ALTER TABLE charge ADD COLUMN seal INTEGER;
ALTER TABLE capture ADD COLUMN seal INTEGER;
ALTER TABLE errand ADD COLUMN seal INTEGER;
ALTER TABLE outbox ADD COLUMN seal INTEGER;
ALTER TABLE reminder ADD COLUMN seal INTEGER;
ALTER TABLE note ADD COLUMN seal INTEGER;
ALTER TABLE visit ADD COLUMN seal INTEGER;
ALTER TABLE clock ADD COLUMN seal INTEGER;
