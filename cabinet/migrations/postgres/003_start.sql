-- What migrations/sqlite has after its third step, and the same numbers from then on. Instants are UTC milliseconds,
-- periods and dates ISO text, volumes ten-thousandths of the meter's unit, money kopecks, yes and no 1 and 0. `seq` is
-- the change sequence that the cursor of /v1/sync counts along. Text is in the order of its bytes, as in SQLite.

CREATE TABLE facts (
    name  TEXT COLLATE "C" PRIMARY KEY,  -- 'database_id': tells the cursors of two databases apart; 'version': the
                                         -- schema's; 'billing': how far a run is, while one is under way
    value TEXT COLLATE "C" NOT NULL
);

CREATE TABLE sequences (
    name TEXT COLLATE "C" PRIMARY KEY CHECK (name IN ('change', 'receipt')),
    last BIGINT NOT NULL
);
INSERT INTO sequences VALUES ('change', 0), ('receipt', 0);

CREATE TABLE residents (
    id       TEXT COLLATE "C" PRIMARY KEY,
    login    TEXT COLLATE "C" NOT NULL UNIQUE,
    password TEXT COLLATE "C" NOT NULL       -- PHC string: algorithm, cost, salt, hash
);

-- Keyed by a hash, since people type their password into the login field.
CREATE TABLE login_attempts (
    login_sha256 BYTEA PRIMARY KEY,
    failures     BIGINT NOT NULL,
    since_ms     BIGINT NOT NULL
);

CREATE TABLE sessions (
    id          TEXT COLLATE "C" PRIMARY KEY,
    resident_id TEXT COLLATE "C" NOT NULL REFERENCES residents (id),
    started_ms  BIGINT NOT NULL,
    ended_ms    BIGINT
);

CREATE TABLE refresh_tokens (
    sha256      BYTEA PRIMARY KEY,
    session_id  TEXT COLLATE "C" NOT NULL REFERENCES sessions (id) ON DELETE CASCADE,
    predecessor BYTEA,
    expires_ms  BIGINT NOT NULL,
    used        BIGINT NOT NULL DEFAULT 0 CHECK (used IN (0, 1)),      -- exchanged for its successor
    delivered   BIGINT NOT NULL DEFAULT 0 CHECK (delivered IN (0, 1)), -- it, or its access token, came back
    voided      BIGINT NOT NULL DEFAULT 0 CHECK (voided IN (0, 1))     -- replaced before it was ever used
);
CREATE INDEX refresh_tokens_by_predecessor ON refresh_tokens (predecessor);
CREATE INDEX refresh_tokens_by_session ON refresh_tokens (session_id);

CREATE TABLE access_tokens (
    sha256         BYTEA PRIMARY KEY,
    refresh_sha256 BYTEA NOT NULL REFERENCES refresh_tokens (sha256) ON DELETE CASCADE,
    expires_ms     BIGINT NOT NULL
);
CREATE INDEX access_tokens_by_refresh ON access_tokens (refresh_sha256);

CREATE TABLE accounts (
    id               TEXT COLLATE "C" PRIMARY KEY,
    number           TEXT COLLATE "C" NOT NULL UNIQUE,
    address          TEXT COLLATE "C" NOT NULL,
    people           BIGINT NOT NULL CHECK (people >= 1),  -- registered in the flat: the norm is per head
    balance_kopecks  BIGINT NOT NULL,
    balance_period   TEXT COLLATE "C",
    balance_as_of_ms BIGINT NOT NULL,
    seq              BIGINT NOT NULL
);

CREATE TABLE resident_accounts (
    resident_id TEXT COLLATE "C" NOT NULL REFERENCES residents (id),
    account_id  TEXT COLLATE "C" NOT NULL REFERENCES accounts (id),
    PRIMARY KEY (resident_id, account_id)
);

CREATE TABLE meters (
    id              TEXT COLLATE "C" PRIMARY KEY,
    account_id      TEXT COLLATE "C" NOT NULL REFERENCES accounts (id),
    serial          TEXT COLLATE "C" NOT NULL,
    resource        TEXT COLLATE "C" NOT NULL CHECK (resource IN ('cold_water', 'hot_water')),
    place           TEXT COLLATE "C" NOT NULL,
    whole_digits    BIGINT NOT NULL CHECK (whole_digits BETWEEN 1 AND 9),
    fraction_digits BIGINT NOT NULL CHECK (fraction_digits BETWEEN 0 AND 4),
    version         BIGINT NOT NULL,
    verify_by       TEXT COLLATE "C",
    archived        BIGINT NOT NULL CHECK (archived IN (0, 1)),
    replaced_by     TEXT COLLATE "C" REFERENCES meters (id),
    seq             BIGINT NOT NULL,
    zone            TEXT COLLATE "C",                    -- the register's tariff zone, 'T1'
    monthly_limit   BIGINT CHECK (monthly_limit >= 0)    -- its own; without one, the configuration's holds
);
CREATE INDEX meters_by_account ON meters (account_id, seq);
CREATE INDEX meters_by_successor ON meters (replaced_by);

CREATE TABLE readings (
    id             TEXT COLLATE "C" PRIMARY KEY,
    account_id     TEXT COLLATE "C" NOT NULL REFERENCES accounts (id),
    meter_id       TEXT COLLATE "C" NOT NULL REFERENCES meters (id),
    period         TEXT COLLATE "C" NOT NULL,           -- the month that it counts for
    meant_period   TEXT COLLATE "C" NOT NULL,           -- the month that the resident named
    value          BIGINT NOT NULL CHECK (value >= 0),
    entered        TEXT COLLATE "C",                    -- as typed, evidence
    rollover       BIGINT NOT NULL CHECK (rollover IN (0, 1)),  -- the dial passed its end before this value
    taken_ms       BIGINT,
    received_ms    BIGINT NOT NULL,
    source         TEXT COLLATE "C" NOT NULL CHECK (source IN
        ('app', 'sms', 'email', 'phone', 'office', 'inspector', 'estimated', 'norm', 'import')),
    status         TEXT COLLATE "C" NOT NULL CHECK (status IN
        ('received', 'processing', 'accounted', 'declined', 'superseded', 'withdrawn')),
    receipt        TEXT COLLATE "C" UNIQUE,
    client_item_id TEXT COLLATE "C",
    supersedes     TEXT COLLATE "C" REFERENCES readings (id),
    seq            BIGINT NOT NULL,
    -- The resident says that the meter was replaced before this value; `rollover` says that its dial turned. Never both.
    replacement_final   BIGINT      -- the old meter's last value
        CHECK (replacement_final IS NULL OR (replacement_final >= 0 AND rollover = 0)),
    replacement_initial BIGINT      -- the new meter's first value
        CHECK (replacement_initial >= 0),
    replacement_serial  TEXT COLLATE "C"        -- the new meter's factory number, where known
        CHECK ((replacement_final IS NULL) = (replacement_initial IS NULL)
               AND (replacement_serial IS NULL OR replacement_final IS NOT NULL)),
    -- The phone's word, kept for the code that proves a reading; no judgement looks at it.
    phone_ms       BIGINT,          -- when it was taken, by the phone's own clock
    skew_ms        BIGINT,          -- server − phone, as the phone knew it
    monotonic_ms   BIGINT,          -- since the phone's start
    sent_ms        BIGINT,          -- when the request left that brought the reading
    withdrawn_ms   BIGINT CHECK (withdrawn_ms IS NULL OR status = 'withdrawn')
);
CREATE INDEX readings_by_account ON readings (account_id, seq);
CREATE UNIQUE INDEX one_live_reading_a_period ON readings (meter_id, period)
    WHERE status IN ('received', 'processing', 'accounted');
CREATE UNIQUE INDEX one_reading_an_item ON readings (meter_id, meant_period, client_item_id)
    WHERE client_item_id IS NOT NULL;

CREATE TABLE idempotency_keys (
    scope       TEXT COLLATE "C" NOT NULL,  -- an account's id, or '' for appeals, which belong to none
    key         TEXT COLLATE "C" NOT NULL,
    item_sha256 BYTEA NOT NULL,
    answer      TEXT COLLATE "C",           -- JSON; NULL while the verdict may still change by itself
    seen_ms     BIGINT NOT NULL,
    PRIMARY KEY (scope, key)
);
CREATE INDEX idempotency_keys_by_age ON idempotency_keys (seen_ms);

CREATE TABLE billing_runs (
    period        TEXT COLLATE "C" PRIMARY KEY,
    run_ms        BIGINT NOT NULL,
    accounts      BIGINT NOT NULL,
    total_kopecks BIGINT NOT NULL
);

CREATE TABLE charges (
    account_id    TEXT COLLATE "C" NOT NULL REFERENCES accounts (id),
    period        TEXT COLLATE "C" NOT NULL,
    total_kopecks BIGINT NOT NULL,
    due_kopecks   BIGINT NOT NULL,
    pay_by        TEXT COLLATE "C" NOT NULL,
    seq           BIGINT NOT NULL,
    PRIMARY KEY (account_id, period)
);
CREATE INDEX charges_by_seq ON charges (account_id, seq);

-- A benefit or a recalculation is an amount with a note, and need not be of any one service.
CREATE TABLE charge_lines (
    account_id     TEXT COLLATE "C" NOT NULL,
    period         TEXT COLLATE "C" NOT NULL,
    line           BIGINT NOT NULL,
    resource       TEXT COLLATE "C" CHECK (resource IN ('cold_water', 'hot_water', 'sewage')),
    meter_id       TEXT COLLATE "C" REFERENCES meters (id),
    reading_id     TEXT COLLATE "C" REFERENCES readings (id),
    basis          TEXT COLLATE "C" NOT NULL CHECK (basis IN
        ('meter', 'average', 'norm', 'benefit', 'recalculation')),
    from_value     BIGINT,
    to_value       BIGINT,
    volume         BIGINT NOT NULL,
    tariff_kopecks BIGINT NOT NULL,
    amount_kopecks BIGINT NOT NULL,
    note           TEXT COLLATE "C",
    PRIMARY KEY (account_id, period, line),
    FOREIGN KEY (account_id, period) REFERENCES charges (account_id, period),
    CHECK (resource IS NOT NULL OR basis IN ('benefit', 'recalculation')),
    CHECK ((volume = 0 AND tariff_kopecks = 0) OR basis IN ('meter', 'average', 'norm'))
);

CREATE TABLE letters (
    id             TEXT COLLATE "C" PRIMARY KEY,
    kind           TEXT COLLATE "C" NOT NULL CHECK (kind IN ('service_request', 'question', 'appeal')),
    account_id     TEXT COLLATE "C" REFERENCES accounts (id) CHECK ((account_id IS NULL) = (kind = 'appeal')),
    resident_id    TEXT COLLATE "C" REFERENCES residents (id),  -- who was signed in; NULL for an appeal without a token
    client_item_id TEXT COLLATE "C" NOT NULL,
    topic          TEXT COLLATE "C" NOT NULL,
    text           TEXT COLLATE "C" NOT NULL,
    written_ms     BIGINT NOT NULL,                 -- by the phone's word
    meter_id       TEXT COLLATE "C",                -- unchecked in an appeal without a token
    wanted_on      TEXT COLLATE "C",
    name           TEXT COLLATE "C",
    contact        TEXT COLLATE "C",
    received_ms    BIGINT NOT NULL,
    receipt        TEXT COLLATE "C" NOT NULL UNIQUE,
    status         TEXT COLLATE "C" NOT NULL CHECK (status IN ('received', 'answered', 'closed', 'declined')),
    answer         TEXT COLLATE "C",
    answered_ms    BIGINT,
    seq            BIGINT NOT NULL,
    CHECK (kind <> 'appeal' OR (name IS NOT NULL AND contact IS NOT NULL)),
    CHECK (kind = 'appeal' OR resident_id IS NOT NULL),
    CHECK (status <> 'answered' OR (answer IS NOT NULL AND answered_ms IS NOT NULL))
);
CREATE INDEX letters_by_account ON letters (account_id, seq);
CREATE INDEX letters_by_resident ON letters (resident_id, seq);
CREATE INDEX appeals_of_nobody ON letters (received_ms) WHERE resident_id IS NULL;
CREATE UNIQUE INDEX one_letter_an_item ON letters ((coalesce(account_id, '')), client_item_id);
