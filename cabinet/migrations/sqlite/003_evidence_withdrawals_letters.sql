-- What a phone knows of the moment, readings taken back, and what residents write.

-- The phone's word, kept for the code that proves a reading; no judgement looks at it.
ALTER TABLE readings ADD COLUMN phone_ms INTEGER;      -- when it was taken, by the phone's own clock
ALTER TABLE readings ADD COLUMN skew_ms INTEGER;       -- server − phone, as the phone knew it
ALTER TABLE readings ADD COLUMN monotonic_ms INTEGER;  -- since the phone's start
ALTER TABLE readings ADD COLUMN sent_ms INTEGER;       -- when the request left that brought the reading
ALTER TABLE readings ADD COLUMN withdrawn_ms INTEGER CHECK (withdrawn_ms IS NULL OR status = 'withdrawn');

-- Appeals belong to no account, and their keys to none either: their scope is ''.
CREATE TABLE idempotency_keys_anew (
    scope       TEXT NOT NULL,              -- an account's id, or '' for appeals
    key         TEXT NOT NULL,
    item_sha256 BLOB NOT NULL,
    answer      TEXT,                       -- JSON; NULL while the verdict may still change by itself
    seen_ms     INTEGER NOT NULL,
    PRIMARY KEY (scope, key)
) STRICT, WITHOUT ROWID;
INSERT INTO idempotency_keys_anew SELECT account_id, key, item_sha256, answer, seen_ms FROM idempotency_keys;
DROP TABLE idempotency_keys;
ALTER TABLE idempotency_keys_anew RENAME TO idempotency_keys;
CREATE INDEX idempotency_keys_by_age ON idempotency_keys (seen_ms);

CREATE TABLE letters (
    id             TEXT PRIMARY KEY,
    kind           TEXT NOT NULL CHECK (kind IN ('service_request', 'question', 'appeal')),
    account_id     TEXT REFERENCES accounts (id) CHECK ((account_id IS NULL) = (kind = 'appeal')),
    resident_id    TEXT REFERENCES residents (id),  -- who was signed in; NULL for an appeal without a token
    client_item_id TEXT NOT NULL,
    topic          TEXT NOT NULL,
    text           TEXT NOT NULL,
    written_ms     INTEGER NOT NULL,                -- by the phone's word
    meter_id       TEXT,                            -- unchecked in an appeal without a token
    wanted_on      TEXT,
    name           TEXT,
    contact        TEXT,
    received_ms    INTEGER NOT NULL,
    receipt        TEXT NOT NULL UNIQUE,
    status         TEXT NOT NULL CHECK (status IN ('received', 'answered', 'closed', 'declined')),
    answer         TEXT,
    answered_ms    INTEGER,
    seq            INTEGER NOT NULL,
    CHECK (kind <> 'appeal' OR (name IS NOT NULL AND contact IS NOT NULL)),
    CHECK (kind = 'appeal' OR resident_id IS NOT NULL),
    CHECK (status <> 'answered' OR (answer IS NOT NULL AND answered_ms IS NOT NULL))
) STRICT, WITHOUT ROWID;
CREATE INDEX letters_by_account ON letters (account_id, seq);
CREATE INDEX letters_by_resident ON letters (resident_id, seq);
CREATE INDEX appeals_of_nobody ON letters (received_ms) WHERE resident_id IS NULL;
CREATE UNIQUE INDEX one_letter_an_item ON letters (ifnull(account_id, ''), client_item_id);
