-- What the utility tells everybody, where accounts lie and whom to send a new login, who wants an account, what is paid.

CREATE TABLE news (
    id           TEXT COLLATE "C" PRIMARY KEY,
    title        TEXT COLLATE "C" NOT NULL,
    text         TEXT COLLATE "C" NOT NULL,
    published_ms BIGINT NOT NULL,
    until_ms     BIGINT,                -- shown no longer from then on
    important    BIGINT NOT NULL CHECK (important IN (0, 1)),
    seq          BIGINT NOT NULL
);
CREATE INDEX news_by_seq ON news (seq);

CREATE TABLE outages (
    id         TEXT COLLATE "C" PRIMARY KEY,
    resources  TEXT COLLATE "C" NOT NULL,            -- names, with commas between
    text       TEXT COLLATE "C" NOT NULL,
    planned    BIGINT NOT NULL CHECK (planned IN (0, 1)),
    starts_ms  BIGINT NOT NULL,
    ends_ms    BIGINT,                  -- NULL while nobody knows
    updated_ms BIGINT NOT NULL,
    seq        BIGINT NOT NULL
);

-- Where an outage is: a district, a street, a house; '' stands for any. The keys are what is compared: without capitals,
-- idle spaces and dots.
CREATE TABLE outage_places (
    outage_id    TEXT COLLATE "C" NOT NULL REFERENCES outages (id) ON DELETE CASCADE,
    place        BIGINT NOT NULL,
    district     TEXT COLLATE "C" NOT NULL,
    street       TEXT COLLATE "C" NOT NULL,
    house        TEXT COLLATE "C" NOT NULL,
    district_key TEXT COLLATE "C" NOT NULL,
    street_key   TEXT COLLATE "C" NOT NULL,
    house_key    TEXT COLLATE "C" NOT NULL,
    PRIMARY KEY (outage_id, place),
    CHECK (district_key <> '' OR street_key <> ''),
    CHECK (house_key = '' OR street_key <> '')
);

-- Where an account is, in the same keys; '' where that is not known.
CREATE TABLE account_places (
    account_id   TEXT COLLATE "C" PRIMARY KEY REFERENCES accounts (id),
    district_key TEXT COLLATE "C" NOT NULL,
    street_key   TEXT COLLATE "C" NOT NULL,
    house_key    TEXT COLLATE "C" NOT NULL,
    seq          BIGINT NOT NULL
);

-- Who gets a new login: a telephone as digits, an address in small letters.
CREATE TABLE resident_contacts (
    resident_id TEXT COLLATE "C" PRIMARY KEY REFERENCES residents (id),
    phone       TEXT COLLATE "C" NOT NULL,
    email       TEXT COLLATE "C" NOT NULL
);
CREATE INDEX resident_contacts_by_phone ON resident_contacts (phone, email);
CREATE INDEX sessions_by_resident ON sessions (resident_id);

-- How often a new login was asked for: by a source, or for a telephone and an address. Hashes, since nobody needs more.
CREATE TABLE recovery_attempts (
    asked_sha256 BYTEA PRIMARY KEY,
    times        BIGINT NOT NULL,
    since_ms     BIGINT NOT NULL
);

-- Applications for an account. No passport: that is shown in the office, on paper.
CREATE TABLE registrations (
    id             TEXT COLLATE "C" PRIMARY KEY,
    client_item_id TEXT COLLATE "C" NOT NULL UNIQUE,
    surname        TEXT COLLATE "C" NOT NULL,
    name           TEXT COLLATE "C" NOT NULL,
    patronymic     TEXT COLLATE "C",
    address        TEXT COLLATE "C" NOT NULL,
    account_number TEXT COLLATE "C",
    phone          TEXT COLLATE "C" NOT NULL,
    email          TEXT COLLATE "C" NOT NULL,
    written_ms     BIGINT NOT NULL,     -- by the phone's word
    received_ms    BIGINT NOT NULL,
    receipt        TEXT COLLATE "C" NOT NULL UNIQUE,
    status         TEXT COLLATE "C" NOT NULL CHECK (status IN ('received', 'answered', 'closed', 'declined')),
    answer         TEXT COLLATE "C",
    answered_ms    BIGINT,
    CHECK ((status = 'received') = (answer IS NULL)),
    CHECK ((answer IS NULL) = (answered_ms IS NULL))
);
CREATE INDEX registrations_by_age ON registrations (received_ms);

CREATE TABLE payments (
    id             TEXT COLLATE "C" PRIMARY KEY,
    account_id     TEXT COLLATE "C" NOT NULL REFERENCES accounts (id),
    resident_id    TEXT COLLATE "C" NOT NULL REFERENCES residents (id),
    amount_kopecks BIGINT NOT NULL CHECK (amount_kopecks > 0),
    period         TEXT COLLATE "C",                 -- the receipt that is paid, if it is one
    purpose        TEXT COLLATE "C" NOT NULL,
    status         TEXT COLLATE "C" NOT NULL CHECK (status IN ('pending', 'paid', 'failed', 'cancelled')),
    created_ms     BIGINT NOT NULL,
    expires_ms     BIGINT NOT NULL,     -- one still pending then is cancelled
    paid_ms        BIGINT,
    receipt        TEXT COLLATE "C" UNIQUE,
    seq            BIGINT NOT NULL,
    CHECK ((status = 'paid') = (paid_ms IS NOT NULL)),
    CHECK ((status = 'paid') = (receipt IS NOT NULL))
);
CREATE INDEX payments_by_account ON payments (account_id, seq);
CREATE INDEX payments_pending ON payments (expires_ms) WHERE status = 'pending';
